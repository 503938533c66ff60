using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace TftPortal.Tests.Settings;

public sealed class SystemdTests
{
    [Fact]
    public async Task Systemd_is_told_when_the_portal_is_ready_and_when_it_stops_whoever_is_its_parent()
    {
        if (OperatingSystem.IsWindows()) return;
        var stop = TestContext.Current.CancellationToken;
        using var folder = new AFolder();
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(folder["notify"]));
        using var program = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "TftPortal.dll"), "--urls=http://127.0.0.1:0", "--Agent:SelfMonitor=false", $"--TFT_DATA_DIR={folder["data"]}", $"--Engine:ModelFolder={folder["none"]}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["NOTIFY_SOCKET"] = folder["notify"] },
        })!;
        program.OutputDataReceived += (_, _) => { }; // drained, so that it never waits for us
        program.BeginOutputReadLine();
        try
        {
            Assert.Contains("READY=1", await HearAsync(), StringComparison.Ordinal);
            using (Process.Start("kill", ["-TERM", $"{program.Id}"])) Assert.Contains("STOPPING=1", await HearAsync(), StringComparison.Ordinal);
            await program.WaitForExitAsync(stop);
            Assert.Equal(0, program.ExitCode);
        }
        finally
        {
            if (!program.HasExited) program.Kill();
        }

        async Task<string> HearAsync()
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(TimeSpan.FromMinutes(1));
            var bytes = new byte[256];
            return Encoding.UTF8.GetString(bytes, 0, await systemd.ReceiveAsync(bytes, patience.Token));
        }
    }
}
