using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace TftPortal.Benchmarks.Load;

/// <summary>The portal that is measured: a process of its own with a data folder of its own, or one that runs already.</summary>
internal sealed class PortalUnderLoad : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process? process;
    private readonly DirectoryInfo? data;

    private PortalUnderLoad(Uri address, string? key, Process? process, DirectoryInfo? data, IReadOnlyCollection<Pause> pauses) =>
        (Address, Key, this.process, this.data, Pauses) = (address, key, process, data, pauses);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Its key.</summary>
    public string? Key { get; }

    /// <summary>What its process and this machine have used so far.</summary>
    public ProcessFigures Figures => ProcessFigures.Read(process?.Id);

    /// <summary>Every time that the garbage collector stopped the process so far; none of a portal that ran already.</summary>
    public IReadOnlyCollection<Pause> Pauses { get; }

    /// <summary>A portal that runs already.</summary>
    public static PortalUnderLoad At(Uri url) => new(url, Environment.GetEnvironmentVariable("TFT_API_KEY"), null, null, []);

    /// <summary>Starts the portal that was built beside this program.</summary>
    /// <exception cref="InvalidOperationException">It is not built, or it does not come up.</exception>
    public static async Task<PortalUnderLoad> StartAsync(LoadPlan plan, TimeProvider clock, CancellationToken stop)
    {
        var program = Program();
        var folder = Directory.CreateTempSubdirectory("tft-load-");
        var key = Guid.NewGuid().ToString("N");
        string[] settings =
        [
            "--urls=http://127.0.0.1:0", "--Agent:SelfMonitor=false", "--RateLimits:FeedPerMinute=1000000", "--RateLimits:ReadPerMinute=1000000",
            string.Create(CultureInfo.InvariantCulture, $"--Engine:ForecastSeconds={plan.ForecastSeconds}"),
            .. plan.Settings.Select(setting => $"--{setting}"),
        ];
        var start = new ProcessStartInfo("dotnet", [program, .. settings]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        start.Environment["TFT_API_KEY"] = key;
        start.Environment["TFT_DATA_DIR"] = folder.FullName;
        var started = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        try
        {
            var pauses = new ConcurrentQueue<Pause>();
            var portal = new PortalUnderLoad(new(await AddressOf(started, pauses, clock, stop)), key, started, folder, pauses);
            Console.Error.WriteLine($"The portal runs as process {started.Id} at {portal.Address}.");
            return portal;
        }
        catch
        {
            started.Kill();
            folder.Delete(recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        data?.Delete(recursive: true);
    }

    private static async Task<string> AddressOf(Process portal, ConcurrentQueue<Pause> pauses, TimeProvider clock, CancellationToken stop)
    {
        var address = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        portal.OutputDataReceived += (_, line) =>
        {
            var at = line.Data?.IndexOf(Listening, StringComparison.Ordinal) ?? -1;
            if (at >= 0) address.TrySetResult(line.Data![(at + Listening.Length)..].Trim());
            else if (line.Data?.StartsWith(StartupHook.Word, StringComparison.Ordinal) == true) pauses.Enqueue(Pause.From(line.Data[StartupHook.Word.Length..]));
            else if (line.Data is null) address.TrySetException(new InvalidOperationException("The portal ended before it listened; its own line above says why."));
            else if (line.Data.StartsWith("warn:", StringComparison.Ordinal) || line.Data.StartsWith("fail:", StringComparison.Ordinal)) Console.Error.WriteLine(line.Data);
        };
        portal.BeginOutputReadLine();
        return await address.Task.WaitAsync(Patience, clock, stop);
    }

    private static string Program()
    {
        // …/TftPortal.Benchmarks/bin/<configuration>/<framework>/ → …/TftPortal/bin/<configuration>/<framework>/
        var here = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var program = Path.Combine(here.FullName, "..", "..", "..", "..", "TftPortal", "bin", here.Parent!.Name, here.Name, "TftPortal.dll");
        return File.Exists(program) ? Path.GetFullPath(program) : throw new InvalidOperationException($"{Path.GetFullPath(program)} is not built.");
    }
}
