using System.Diagnostics;

namespace TftPortal.Tests.Deploy;

/// <summary>A program of the machine that judges a file of deploy/; where it is missing, the test is skipped and says so.</summary>
internal static class ATool
{
    public static string Deploy { get; } = Path.Combine(RepositoryRoot(), "deploy");

    private static readonly string[] Folders = ["/usr/bin", "/usr/sbin", "/bin", "/sbin"];

    public static string Find(string name, string package) =>
        Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) ?? Missing(name, package);

    public static async Task<(int Code, string Text)> RunAsync(string program, params string[] arguments)
    {
        using var run = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var stop = TestContext.Current.CancellationToken;
        var (output, error) = (run.StandardOutput.ReadToEndAsync(stop), run.StandardError.ReadToEndAsync(stop));
        await run.WaitForExitAsync(stop);
        return (run.ExitCode, await output + await error);
    }

    private static string Missing(string name, string package)
    {
        Assert.Skip($"{name} is not on this machine; Debian has it in the package {package}.");
        return name;
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Tft.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Tft.sln is in none of the folders above the tests.");
        return folder;
    }
}
