using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Engine.Accuracy;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;
using TftPortal.Engine.Window;

namespace TftPortal.Tests.Accuracy;

/// <summary>
/// A fleet whose memory goes as a test says, a network that forecasts as the test says, the guard, and a board that scores: the engine's classes, a step at a time and without an engine.
/// </summary>
internal sealed class AScoredFleet
{
    public const string Version = "tft-scored";
    public static readonly StepGrid Grid = AWindow.Grid;

    private readonly FakeTimeProvider clock = new(AReading.Noon);
    private readonly FleetWindow window = AWindow.Empty();
    private readonly ScriptedNetwork network;
    private readonly FleetForecaster forecaster;
    private readonly Func<long, float> truth;
    private readonly ImmutableArray<string> servers;

    /// <param name="truth">The memory of every server by step, from the first on.</param>
    /// <param name="median">What the network says: by first step and steps ahead (1 is the first).</param>
    /// <param name="spread">Its standard deviation.</param>
    /// <param name="past">Steps that are known before the first picture.</param>
    public AScoredFleet(Func<long, float> truth, Func<long, int, float> median, float spread = 2, int past = 0, params ImmutableArray<string> servers)
    {
        (this.truth, this.servers) = (truth, servers.IsDefaultOrEmpty ? ["web-01"] : servers);
        network = new(First, median, spread);
        var baseline = new BaselineForecaster(Grid, clock);
        forecaster = new(baseline, network, Guard);
        Board = new(baseline, Guard, Grid, FleetOutlook.Empty(AReading.Noon, Grid, Version, window.Counts));
        for (var step = 0; step < past; step++) Measure();
    }

    /// <summary>The absolute number of step 0.</summary>
    public static long First { get; } = Grid.StepOf(AReading.Noon);

    public ForecastGuard Guard { get; } = new();
    public AccuracyBoard Board { get; }
    public FleetOutlook Picture { get; private set; } = null!;
    public long Step { get; private set; }
    public Func<long, bool> IsSilent { get; init; } = _ => false;
    public string ModelVersion { get; set; } = Version;

    public ServerOutlook Server => Picture.Servers[0];

    public AccuracyRow Memory(int window = 0) => Board.Latest.Windows[window].Metrics.Single(row => row.Of == "mem_used_pct");

    /// <summary>A step passes: it is measured, and at the start of the next a picture is made and scored.</summary>
    public AScoredFleet Steps(int count)
    {
        for (var step = 0; step < count; step++)
        {
            Measure();
            Look();
        }

        return this;
    }

    /// <summary>Steps pass in which no picture is made.</summary>
    public AScoredFleet Missed(int count)
    {
        for (var step = 0; step < count; step++) Measure();
        return this;
    }

    private void Measure()
    {
        var start = Grid.StartOf(First + Step);
        if (!IsSilent(Step)) window.With(start, servers.Select(server => AReading.From(server).At(start).WithMemory(truth(Step))));
        clock.SetUtcNow(start + Grid.Length);
        Step++;
    }

    private void Look()
    {
        var snapshot = window.Snapshot(clock.GetUtcNow());
        network.Version = ModelVersion;
        var forecasts = forecaster.Forecast(snapshot.Servers, snapshot.FirstStep, CancellationToken.None);
        ImmutableArray<ServerOutlook> outlooks = [.. snapshot.Servers.Zip(forecasts, (server, forecast) => new ServerOutlook(server, forecast, RiskScore.None))];
        Picture = FleetOutlook.Empty(clock.GetUtcNow(), Grid, ModelVersion, snapshot.Counts) with
        {
            Sequence = Step,
            FirstStep = snapshot.FirstStep,
            Servers = outlooks,
            ByName = outlooks.ToFrozenDictionary(server => server.Server.Name, StringComparer.Ordinal),
        };
        Board.Note(Picture, CancellationToken.None);
    }

    private sealed class ScriptedNetwork(long zero, Func<long, int, float> median, float spread) : IForecaster
    {
        public string Version { get; set; } = AScoredFleet.Version;

        public bool CanForecast(ServerSnapshot server, long firstStep) => server.Records >= 12;

        public void Forecast(IReadOnlyList<ServerSnapshot> servers, long firstStep, Span<ServerForecast?> forecasts, CancellationToken stop)
        {
            for (var index = 0; index < servers.Count; index++)
            {
                forecasts[index] = (AForecast.Of(servers[index].Name) with { Version = Version, Revision = servers[index].Revision })
                    .With(Metric.MemUsedPercent, step => median(firstStep - zero, step + 1), spread).Made() with { FirstStep = Grid.StartOf(firstStep) };
            }
        }
    }
}
