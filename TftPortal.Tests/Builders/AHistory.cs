using TftPortal.Engine.Fleet;
using TftPortal.Engine.Window;

namespace TftPortal.Tests.Builders;

/// <summary>A server with a past: <c>AHistory.Of("web-01").Until(noon).Steps(288, step => reading)</c>. The last step is the one before <see cref="AReading.Noon"/> unless it says otherwise.</summary>
internal sealed record AHistory
{
    private readonly List<(Metric Metric, Func<int, float> Value)> metrics = [];

    private AHistory(string server) => Server = server;

    public string Server { get; }
    public DateTimeOffset End { get; private init; } = AReading.Noon;
    public ServerProfile Profile { get; private init; }
    public int Length { get; private init; } = 288;
    public StepGrid Grid { get; private init; } = AWindow.Grid;

    /// <summary>The first step after the past.</summary>
    public long FirstStep => Grid.StepOf(End);

    public static AHistory Of(string server) => new(server);

    /// <summary>When the step after the last one begins.</summary>
    public AHistory Until(DateTimeOffset end) => this with { End = end };

    public AHistory WithProfile(ServerProfile profile) => this with { Profile = profile };

    public AHistory On(StepGrid grid) => this with { Grid = grid };

    /// <summary>How many steps are observed.</summary>
    public AHistory Steps(int length) => this with { Length = length };

    /// <summary>A metric's value by step: 0 is the oldest; NaN is missing.</summary>
    public AHistory With(Metric metric, Func<int, float> value)
    {
        metrics.Add((metric, value));
        return this;
    }

    public AHistory With(Metric metric, float value) => With(metric, _ => value);

    /// <summary>The readings: one a step, at its start.</summary>
    public IEnumerable<AReading> Readings() =>
        Enumerable.Range(0, Length).Select(step => metrics.Aggregate(
            AReading.From(Server).WithProfile(Profile).At(Grid.StartOf(FirstStep - Length + step)),
            (reading, metric) => reading.With(metric.Metric, metric.Value(step))));

    public ServerSnapshot Snapshot()
    {
        var window = new FleetWindow(new() { Grid = Grid });
        window.Apply(ABatch.Of(Readings()), End.AddMilliseconds(-1));
        return window.Snapshot(End.AddMilliseconds(-1)).Server(Server);
    }
}
