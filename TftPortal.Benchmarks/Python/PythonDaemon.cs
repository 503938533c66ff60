using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TftPortal.Benchmarks.Load;

namespace TftPortal.Benchmarks.Python;

/// <summary>The stand-in for a daemon of FastAPI and PyTorch, <c>daemon.py</c>, as a process of its own.</summary>
internal sealed class PythonDaemon : IAsyncDisposable
{
    private const string Interpreter = "/usr/bin/python3"; // Debian's, which has Debian's packages
    private const string Script = "Python/daemon.py";
    private readonly Process process;
    private readonly DirectoryInfo folder;

    private PythonDaemon(Process process, DirectoryInfo folder, Uri address) => (this.process, this.folder, Address) = (process, folder, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>What its process has used so far.</summary>
    public ProcessFigures Figures => ProcessFigures.Read(process.Id);

    /// <summary>What must be installed for it; null where all of it is there.</summary>
    public static async Task<string?> MissingAsync(CancellationToken stop)
    {
        if (File.Exists(Interpreter))
        {
            using var asked = Process.Start(new ProcessStartInfo(Interpreter, ["-c", "import fastapi, torch, uvicorn"]) { RedirectStandardError = true, UseShellExecute = false })!;
            await asked.WaitForExitAsync(stop);
            if (asked.ExitCode == 0) return null;
        }

        return "The stand-in needs FastAPI, PyTorch and uvicorn. On Debian: apt-get install python3-fastapi python3-torch python3-uvicorn";
    }

    /// <summary>Servers a CPU second of its network on one thread, with a tuned malloc: the network alone, and with its inputs.</summary>
    public static async Task<(double Network, double WithInputs)> ForecastRateAsync(int servers, int runs, CancellationToken stop)
    {
        var start = new ProcessStartInfo(Interpreter, [Path.Combine(AppContext.BaseDirectory, Script), "forecast", $"{servers}", $"{runs}"]) { RedirectStandardOutput = true, UseShellExecute = false };
        // Large blocks stay with the process in place of going back to the system after every operator: a third less CPU.
        foreach (var (name, value) in new[] { ("MALLOC_ARENA_MAX", "1"), ("MALLOC_MMAP_MAX_", "0"), ("MALLOC_TRIM_THRESHOLD_", "17179869184"), ("MALLOC_TOP_PAD_", "268435456") }) start.Environment[name] = value;
        using var measured = Process.Start(start)!;
        using var said = JsonDocument.Parse(await measured.StandardOutput.ReadToEndAsync(stop));
        return (said.RootElement.GetProperty("network").GetDouble(), said.RootElement.GetProperty("with_inputs").GetDouble());
    }

    /// <summary>Starts it, and waits until it answers.</summary>
    /// <param name="port">Where it is to listen.</param>
    /// <param name="clock">The time.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public static async Task<PythonDaemon> StartAsync(int port, TimeProvider clock, CancellationToken stop)
    {
        var data = Directory.CreateTempSubdirectory("tft-python-");
        var started = Process.Start(Interpreter, [Path.Combine(AppContext.BaseDirectory, Script), "serve", $"{port}", Path.Combine(data.FullName, "journal.jsonl")]);
        var daemon = new PythonDaemon(started, data, new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")));
        using var client = new PortalClient(daemon.Address, null, clock);
        var began = clock.GetTimestamp();
        while (!(await client.GetAsync("health", null, null, stop)).IsGood)
        {
            if (started.HasExited || clock.GetElapsedTime(began) > PortalProcess.Patience) throw new TimeoutException("The stand-in does not answer; its own lines above say why.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, stop);
        }

        return daemon;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }
}
