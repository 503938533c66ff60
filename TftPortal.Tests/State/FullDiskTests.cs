using System.Diagnostics;
using System.Net;
using TftPortal.Tests.Api;

namespace TftPortal.Tests.State;

public sealed class FullDiskTests
{
    private static readonly string NoModel = $"--Engine:ModelFolder={Path.Combine(AppContext.BaseDirectory, "no-model")}";

    [Fact]
    public async Task A_full_disk_refuses_readings_keeps_forecasts_and_heals_by_itself_without_a_loss()
    {
        var folder = Directory.CreateTempSubdirectory("tft-full-");
        Assert.SkipUnless(await MountAsync("-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.FullName), "A small tmpfs can't be mounted here: that takes Linux, root and mount(8).");
        var ballast = Path.Combine(folder.FullName, "ballast");
        try
        {
            var accepted = 0;
            await using (var portal = await RunningPortal.StartAsync(NoModel, $"--TFT_DATA_DIR={folder.FullName}", "--RateLimits:FeedPerMinute=100000", "--RateLimits:ReadPerMinute=100000"))
            {
                for (; accepted < 5; accepted++) Assert.Equal(HttpStatusCode.OK, (await FeedAsync(portal, accepted)).StatusCode);
                Fill(ballast);

                HttpResponseMessage answer;
                while ((answer = await FeedAsync(portal, accepted)).StatusCode == HttpStatusCode.OK) accepted++; // there is room in the log that was made before
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Assert.Equal("5", answer.Headers.GetValues("Retry-After").Single());
                var detail = (await RunningPortal.JsonOf(answer)).GetProperty("detail").GetString();
                Assert.Contains("the disk is full", detail, StringComparison.Ordinal);
                Assert.Equal("disk_full", (await StateAsync(portal)).GetProperty("health").GetString());
                Assert.Equal(HttpStatusCode.ServiceUnavailable, (await portal.SendAsync(HttpMethod.Post, "/admin/state/save")).StatusCode);
                Assert.Equal(accepted, (await RunningPortal.JsonOf(await portal.GetAsync("/status"))).GetProperty("tick_count").GetInt32()); // nothing half applied
                Assert.Equal(HttpStatusCode.OK, (await portal.GetAsync("/predictions/current")).StatusCode);

                File.Delete(ballast);
                Assert.Equal(HttpStatusCode.OK, (await FeedAsync(portal, accepted++)).StatusCode);
                Assert.Equal(HttpStatusCode.OK, (await portal.SendAsync(HttpMethod.Post, "/admin/state/save")).StatusCode);
                Assert.Equal("good", (await StateAsync(portal)).GetProperty("health").GetString());
            }

            await using var again = await RunningPortal.StartAsync(NoModel, $"--TFT_DATA_DIR={folder.FullName}");
            Assert.Equal(accepted, again.Feed.Counts.Records);
        }
        finally
        {
            await RunAsync("umount", folder.FullName);
            folder.Delete();
        }
    }

    private static Task<HttpResponseMessage> FeedAsync(RunningPortal portal, int number) => portal.FeedAsync(StateOfThePortalTests.Record($"full-{number:0000}"));

    private static async Task<System.Text.Json.JsonElement> StateAsync(RunningPortal portal) => (await RunningPortal.JsonOf(await portal.GetAsync("/status"))).GetProperty("state");

    private static void Fill(string file)
    {
        using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[4096];
        try
        {
            while (true) stream.Write(page);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private static async Task<bool> MountAsync(params string[] arguments) => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && await RunAsync("mount", arguments);

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // no such program
        }
    }
}
