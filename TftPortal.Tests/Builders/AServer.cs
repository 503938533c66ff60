using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Builders;

/// <summary>One made-up server with a past and forecasts, for what is shown and written without an engine: <c>new AServer("web-01") { Risk = 70 }.With(Metric.MemUsedPercent, 41)</c>.</summary>
internal sealed record AServer(string Name)
{
    public ServerProfile Profile { get; init; } = ServerProfile.WebApi;
    public bool IsSimulated { get; init; }
    public double Risk { get; init; } = 12;
    public ForecastSource Source { get; init; } = ForecastSource.Tft;
    public int ObservedSteps { get; init; } = 72;
    public TimeSpan SilentFor { get; init; } = TimeSpan.FromSeconds(20);
    public ImmutableHashSet<Metric> Absent { get; init; } = [];
    public ImmutableDictionary<Metric, float> Values { get; init; } = ImmutableDictionary<Metric, float>.Empty;
    public WorstForecast? Worst { get; init; }

    /// <summary>What is foreseen: the worst, unless the test says otherwise or it is too unlikely.</summary>
    public ImmutableArray<WorstForecast> Foreseen { get => field.IsDefault ? Worst is { Probability: >= RiskScore.ForeseenFrom } worst ? [worst] : [] : field; init; }

    /// <summary>What is alerted on, where the risk is a warning or more.</summary>
    public string AlertOn { get; init; } = "mem_used_pct";

    public RiskLevel Level => Risk switch { >= 80 => RiskLevel.Critical, >= 60 => RiskLevel.Warning, >= 50 => RiskLevel.Degrading, _ => RiskLevel.Healthy };

    public AServer With(Metric metric, float value) => this with { Values = Values.SetItem(metric, value) };

    public ServerOutlook Build(DateTimeOffset now)
    {
        var grid = AnOutlook.Grid;
        var first = grid.StepOf(now) + 1;
        var random = new Random(Name.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)));
        var latest = MetricCatalog.All.Select(metric => Absent.Contains(metric.Metric) ? float.NaN : Values.GetValueOrDefault(metric.Metric, Typical(metric, random))).ToImmutableArray();
        var snapshot = new ServerSnapshot
        {
            Name = Name,
            Profile = Profile,
            Status = ServerStatus.Healthy,
            IsSimulated = IsSimulated,
            LastSeen = now - SilentFor,
            Latest = latest,
            LatestAt = [.. latest.Select(value => float.IsNaN(value) ? DateTimeOffset.MinValue : now - SilentFor)],
            History = Past(first, latest, random),
            Records = ObservedSteps,
            Revision = now.ToUnixTimeMilliseconds(),
        };
        var forecast = new ServerForecast
        {
            Server = Name,
            FirstStep = grid.StartOf(first),
            ModelType = Source,
            ModelVersion = Source == ForecastSource.Tft ? "test-1" : "baseline-1",
            MadeAt = now,
            Revision = snapshot.Revision,
            Metrics = [.. MetricCatalog.All.Select(metric => float.IsNaN(latest[(int)metric.Metric]) ? null : Ahead(metric, latest[(int)metric.Metric]))],
        };
        return new(snapshot, forecast, new(Risk, Level, Risk / 150, Math.Min(1, Risk / 100), Worst) { Foreseen = Foreseen });
    }

    public Alert Alert(DateTimeOffset now) => new()
    {
        Id = Guid.Empty,
        Server = Name,
        Metric = AlertOn,
        Severity = Level == RiskLevel.Critical ? AlertSeverity.Critical : AlertSeverity.Warning,
        State = AlertState.Predicted,
        PredictedValue = 98,
        Threshold = 98,
        StepsAhead = 6,
        MinutesAhead = 30,
        Probability = 0.78,
        StartedAt = now,
        BreachAt = now.AddMinutes(30),
        BreachFrom = now.AddMinutes(15),
        BreachUntil = now.AddMinutes(45),
        ModelVersion = "test-1",
        Message = $"{Name}: memory predicted to reach 98 %.",
    };

    private static float Typical(MetricDefinition metric, Random random) => metric.Metric switch
    {
        Metric.CpuIdlePercent => 60 + (20 * random.NextSingle()),
        Metric.CpuUserPercent => 15 + (15 * random.NextSingle()),
        Metric.UptimeDays => 40 + random.NextSingle(),
        Metric.MemUsedPercent or Metric.DiskUsagePercent => 40 + (30 * random.NextSingle()),
        Metric.BackCloseWait or Metric.FrontCloseWait => random.Next(6),
        _ => 1 + (4 * random.NextSingle()),
    };

    private ServerHistory Past(long end, ImmutableArray<float> latest, Random random)
    {
        var firstBlock = (end - ObservedSteps) / HistoryBlock.Steps;
        var blocks = new HistoryBlock?[(int)((end - 1) / HistoryBlock.Steps) - firstBlock + 1];
        for (var step = end - ObservedSteps; step < end; step++)
        {
            var block = blocks[step / HistoryBlock.Steps - firstBlock] ??= new();
            var offset = (int)(step % HistoryBlock.Steps);
            block.SetReadings(offset, 1, 0);
            foreach (var metric in MetricCatalog.All)
            {
                var value = latest[(int)metric.Metric];
                var wave = 1 + (0.12f * MathF.Sin(step * 0.21f)) + (0.08f * (random.NextSingle() - 0.5f));
                block.Codes(metric.Metric)[offset] = MetricCodec.Encode(metric.Metric, step == end - 1 ? value : value * wave);
            }
        }

        return new(firstBlock, [.. blocks]);
    }

    private MetricForecast Ahead(MetricDefinition metric, float value)
    {
        float[] spread = [-2f, -1.28f, -.67f, 0, .67f, 1.28f, 2f];
        var quantiles = new float[96 * QuantileLevels.Count];
        for (var step = 0; step < 96; step++)
        {
            var middle = value * (1 + (0.1f * MathF.Sin(step * 0.15f)) + (Risk > 60 ? 0.004f * step : 0));
            var width = 0.02f * value * MathF.Sqrt(step + 1);
            for (var quantile = 0; quantile < spread.Length; quantile++) quantiles[(step * spread.Length) + quantile] = middle + (spread[quantile] * width);
        }

        return MetricForecast.From(metric.Metric, metric.Metric == Metric.UptimeDays ? ForecastSource.Computed : Source, quantiles);
    }
}
