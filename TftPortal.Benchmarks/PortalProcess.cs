using System.Diagnostics;

namespace TftPortal.Benchmarks;

/// <summary>The portal as a process of its own, on a free port: which program it is, the switches of every run, and where it listens.</summary>
internal static class PortalProcess
{
    private const string Listening = "Now listening on: ";

    /// <summary>How long a start or an answer may take: a minute.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    /// <summary>The switches of every run: a free port, nothing of this host, and no limit that the run would meet.</summary>
    public static IReadOnlyList<string> Switches { get; } =
        ["--urls=http://127.0.0.1:0", "--Agent:SelfMonitor=false", "--RateLimits:FeedPerMinute=1000000", "--RateLimits:ReadPerMinute=1000000"];

    /// <summary>The portal that was built beside this program.</summary>
    /// <exception cref="InvalidOperationException">It is not built.</exception>
    public static string Program()
    {
        // …/TftPortal.Benchmarks/bin/<configuration>/<framework>/ → …/TftPortal/bin/<configuration>/<framework>/
        var here = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var program = Path.Combine(here.FullName, "..", "..", "..", "..", "TftPortal", "bin", here.Parent!.Name, here.Name, "TftPortal.dll");
        return File.Exists(program) ? Path.GetFullPath(program) : throw new InvalidOperationException($"{Path.GetFullPath(program)} is not built.");
    }

    /// <summary>Follows what a started portal prints, and waits until it listens.</summary>
    /// <param name="process">It; its output must be redirected.</param>
    /// <param name="hear">Told every other line, then and later.</param>
    /// <param name="ending">What to add where it ended first.</param>
    /// <param name="clock">The time.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">It ended before it listened.</exception>
    /// <exception cref="TimeoutException">It does not listen within <see cref="Patience"/>.</exception>
    public static async Task<Uri> AddressOfAsync(Process process, Action<string> hear, Func<string> ending, TimeProvider clock, CancellationToken stop)
    {
        var address = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            var at = line.Data?.IndexOf(Listening, StringComparison.Ordinal) ?? -1;
            if (at >= 0) address.TrySetResult(line.Data![(at + Listening.Length)..].Trim());
            else if (line.Data is null) address.TrySetException(new InvalidOperationException($"The portal ended before it listened; {ending()}"));
            else hear(line.Data);
        };
        process.BeginOutputReadLine();
        return new(await address.Task.WaitAsync(Patience, clock, stop));
    }
}
