using Microsoft.ML.OnnxRuntime;
using TftPortal.Benchmarks.Rooms;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;

namespace TftPortal.Benchmarks.Graph;

/// <summary>How many servers the portal forecasts a CPU second.</summary>
/// <param name="Network">By the graph alone.</param>
/// <param name="WithInputs">With the inputs made and the quantiles read.</param>
internal sealed record ForecastRate(double Network, double WithInputs)
{
    /// <summary>Servers of a batch: 32, as the loop forecasts them.</summary>
    public const int Batch = 32;

    /// <summary>Medians of some runs of the default model on one thread, on a simulated week.</summary>
    public static ForecastRate Measure(int runs)
    {
        var fleet = new SimulatedWindow(Batch, steps: 2016, TimeProvider.System.GetUtcNow());
        var snapshot = fleet.Window.Snapshot(fleet.Now);
        var forecasts = new ServerForecast?[Batch];
        List<double> network = [], whole = [];
        using var options = OnnxForecaster.Options();
        using var session = new InferenceSession(Path.Combine(DefaultModel.Folder(), OnnxForecaster.ModelFile), options);
        using var pass = new OnnxPass(session, Batch, withFocus: false, "measured", snapshot.Grid, TimeProvider.System);
        for (var run = 0; run < runs * 4; run++) // the compiler has its time in the first three quarters
        {
            var took = CpuTime.Of(() => pass.Run(snapshot.Servers, 0, Batch, snapshot.FirstStep, forecasts)).TotalSeconds;
            if (run < runs * 3) continue;
            whole.Add(took);
            network.Add(CpuTime.Of(pass.RunAgain).TotalSeconds);
        }

        return new(Batch / network.Order().ElementAt(runs / 2), Batch / whole.Order().ElementAt(runs / 2));
    }
}
