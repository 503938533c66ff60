using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;
using TftPortal.Engine.Window;
using TftPortal.Training.Series;

namespace TftPortal.Training.Scoring;

/// <summary>Forecasts the past as the portal would have: the same window, fed reading by reading, and the same forecasters.</summary>
/// <param name="modelFolder">The model.</param>
/// <param name="steps">Another grid than that of 5 minutes.</param>
internal sealed class ForecastReplay(string modelFolder, StepGrid? steps = null)
{
    private readonly StepGrid grid = steps ?? new((int)SeriesSet.Step.TotalSeconds);

    /// <summary>Forecasts servers at origins.</summary>
    /// <param name="set">The series.</param>
    /// <param name="origins">Which series, and the first step to forecast as a step of the grid.</param>
    /// <param name="each">Called once an origin, in time order.</param>
    public void Run(SeriesSet set, IEnumerable<(int Series, long Step)> origins, Action<int, long, ServerForecast> each)
    {
        var window = new FleetWindow(new() { Grid = grid, MaxServers = Math.Max(1, set.Servers.Count) });
        using var model = new OnnxForecaster(modelFolder, grid, TimeProvider.System);
        var forecaster = new FleetForecaster(new BaselineForecaster(grid, TimeProvider.System), model);
        var fed = set.Servers.Select(series => grid.StepOf(series.Start)).ToArray();
        foreach (var moment in origins.GroupBy(origin => origin.Step).OrderBy(group => group.Key))
        {
            var now = grid.StartOf(moment.Key).AddMilliseconds(-1);
            var wanted = moment.Select(origin => origin.Series).Distinct().ToArray();
            foreach (var index in wanted) Feed(window, set, index, ref fed[index], moment.Key, now);
            var byName = window.Snapshot(now).Servers.ToDictionary(server => server.Name, StringComparer.Ordinal);
            var known = wanted.Where(index => byName.ContainsKey(set.Servers[index].Server)).ToArray();
            var forecasts = forecaster.Forecast([.. known.Select(index => byName[set.Servers[index].Server])], moment.Key, CancellationToken.None);
            for (var i = 0; i < known.Length; i++) each(known[i], moment.Key, forecasts[i]);
        }
    }

    private void Feed(FleetWindow window, SeriesSet set, int index, ref long next, long until, DateTimeOffset now)
    {
        var series = set.Servers[index];
        var start = grid.StepOf(series.Start);
        next = Math.Max(next, until - InputShape.Week);
        var batch = new ReadingBatch();
        Span<float> values = stackalloc float[MetricCatalog.Count];
        for (; next < Math.Min(until, start + series.Length); next++)
        {
            values.Fill(float.NaN);
            var any = false;
            for (var metric = 0; metric < set.Metrics.Length; metric++)
            {
                var value = series.Values[metric][next - start];
                values[(int)set.Metrics[metric]] = value;
                any |= !float.IsNaN(value);
            }

            if (any) batch.Add(series.Server, next * grid.StepMilliseconds, series.Profile, ServerStatus.Healthy, values);
        }

        if (batch.Count > 0) window.Apply(batch, now);
    }
}
