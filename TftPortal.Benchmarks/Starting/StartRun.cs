using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TftPortal.Benchmarks.Load;

namespace TftPortal.Benchmarks.Starting;

/// <summary>How long one start took, from the start of its process.</summary>
/// <param name="Answer">Until the first answer of <c>/health</c>.</param>
/// <param name="AnswerCpu">CPU time of the process until then.</param>
/// <param name="Forecasts">Until the first picture that has every server.</param>
/// <param name="ForecastsCpu">CPU time of the process until then.</param>
internal sealed record StartTimes(TimeSpan Answer, double AnswerCpu, TimeSpan Forecasts, double ForecastsCpu);

/// <summary>Starts a portal again and again on the state of a fleet that it was fed before.</summary>
/// <param name="program">Its <c>TftPortal.dll</c>.</param>
/// <param name="servers">Servers of the simulated fleet.</param>
/// <param name="folder">Its data folder.</param>
/// <param name="clock">The time.</param>
internal sealed class StartRun(string program, int servers, string folder, TimeProvider clock)
{
    private readonly string key = Guid.NewGuid().ToString("N");

    /// <summary>Feeds it a day of the fleet, and ends it in peace, so that it saves its state.</summary>
    public async Task FeedAsync(CancellationToken stop)
    {
        using var process = Start(0);
        var address = await PortalProcess.AddressOfAsync(process, _ => { }, () => "its own line above says why.", clock, stop);
        using var client = new PortalClient(address, key, clock);
        await LoadRun.WarmAsync(client, new(servers, seed: 1, clock), clock, stop);
        await EndAsync(process, stop);
    }

    /// <summary>Starts it once, and ends it once it has forecast every server.</summary>
    /// <param name="port">Where it is to listen.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<StartTimes> MeasureAsync(int port, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        using var process = Start(port);
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new($"http://127.0.0.1:{port}/") };
        client.DefaultRequestHeaders.Add("X-API-Key", key);
        await UntilAsync(process, async () =>
        {
            using var answer = await client.GetAsync("health", stop);
            return answer.IsSuccessStatusCode;
        }, stop);
        var (answered, answeredCpu) = (clock.GetElapsedTime(began), ProcessFigures.Read(process.Id).CpuSeconds);
        await UntilAsync(process, async () =>
        {
            using var status = JsonDocument.Parse(await client.GetByteArrayAsync("status", stop));
            return status.RootElement.GetProperty("forecast_age_seconds").ValueKind == JsonValueKind.Number;
        }, stop);
        var (forecast, forecastCpu) = (clock.GetElapsedTime(began), ProcessFigures.Read(process.Id).CpuSeconds);
        await EndAsync(process, stop);
        return new(answered, answeredCpu, forecast, forecastCpu);
    }

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Patience { get; init; } = PortalProcess.Patience;

    /// <summary>Starts it once; its figures once it answers, once it has forecast every server, and once all forecasts were read.</summary>
    /// <param name="port">Where it is to listen.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<(ProcessFigures Restored, ProcessFigures Forecast, ProcessFigures Read)> WeighAsync(int port, CancellationToken stop)
    {
        using var process = Start(port);
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        using var client = new PortalClient(new($"http://127.0.0.1:{port}/"), key, clock);
        await UntilAsync(process, async () => (await client.GetAsync("health", null, null, stop)).IsGood, stop);
        var restored = ProcessFigures.Read(process.Id);
        await UntilAsync(process, async () => (await client.JsonAsync("status", stop)).GetProperty("forecast_age_seconds").ValueKind == JsonValueKind.Number, stop);
        var forecast = ProcessFigures.Read(process.Id);
        await client.DrainAsync("predictions/current", null, null, stop);
        var read = ProcessFigures.Read(process.Id);
        process.Kill();
        await process.WaitForExitAsync(stop);
        return (restored, forecast, read);
    }

    private Process Start(int port)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. PortalProcess.Switches, string.Create(CultureInfo.InvariantCulture, $"--urls=http://127.0.0.1:{port}"), string.Create(CultureInfo.InvariantCulture, $"--Engine:MaxServers={Math.Max(servers, 10_000)}")]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["TFT_API_KEY"] = key;
        start.Environment["TFT_DATA_DIR"] = folder;
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
    }

    private async Task UntilAsync(Process process, Func<Task<bool>> isSo, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        while (clock.GetElapsedTime(began) < Patience)
        {
            if (process.HasExited) throw new InvalidOperationException($"The portal ended; its own line above says why.");
            try
            {
                if (await isSo()) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), clock, stop);
        }

        throw new TimeoutException("The portal does not answer.");
    }

    private static async Task EndAsync(Process process, CancellationToken stop)
    {
        using (Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])) await process.WaitForExitAsync(stop);
    }
}
