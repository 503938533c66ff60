using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace TftPortal.Benchmarks.Load;

/// <summary>The portal that is measured: a process of its own with a data folder of its own, or one that runs already.</summary>
internal sealed class PortalUnderLoad : IAsyncDisposable
{
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
        var program = PortalProcess.Program();
        var folder = Directory.CreateTempSubdirectory("tft-load-");
        var key = Guid.NewGuid().ToString("N");
        string[] settings =
        [
            .. PortalProcess.Switches,
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
            var address = await PortalProcess.AddressOfAsync(started, line => Hear(line, pauses), () => "its own line above says why.", clock, stop);
            var portal = new PortalUnderLoad(address, key, started, folder, pauses);
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

    private static void Hear(string line, ConcurrentQueue<Pause> pauses)
    {
        if (line.StartsWith(StartupHook.Word, StringComparison.Ordinal)) pauses.Enqueue(Pause.From(line[StartupHook.Word.Length..]));
        else if (line.StartsWith("warn:", StringComparison.Ordinal) || line.StartsWith("fail:", StringComparison.Ordinal)) Console.Error.WriteLine(line);
    }
}
