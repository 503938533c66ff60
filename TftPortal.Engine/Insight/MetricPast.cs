using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Insight;

/// <summary>What is known of one metric of a server up to a forecast.</summary>
internal sealed class MetricPast
{
    private readonly float[] week = new float[InputShape.Week];
    private readonly StepGrid grid;
    private readonly long firstStep;

    /// <summary>Reads it.</summary>
    /// <param name="server">Whose.</param>
    /// <param name="metric">Of what.</param>
    /// <param name="grid">The time grid.</param>
    /// <param name="firstStep">The first step ahead.</param>
    public MetricPast(ServerSnapshot server, MetricDefinition metric, StepGrid grid, long firstStep)
    {
        (Metric, this.grid, this.firstStep) = (metric, grid, firstStep);
        server.History.CopyTo(metric.Metric, firstStep - week.Length, week);
        IsSent = Array.Exists(week, value => !float.IsNaN(value));
    }

    /// <summary>Which metric.</summary>
    public MetricDefinition Metric { get; }

    /// <summary>Whether anything of it is known.</summary>
    public bool IsSent { get; }

    /// <summary>The metric's newest move.</summary>
    public Movement Moved(Heading heading) => Movement.Of(week, Metric, heading, grid);

    /// <summary>When a step of this past begins.</summary>
    public DateTimeOffset TimeOf(int index) => grid.StartOf(StepOf(index));

    /// <summary>A step of this past, as a number of the grid.</summary>
    public long StepOf(int index) => firstStep - week.Length + index;

    /// <summary>What anybody can check of it.</summary>
    public MetricFact Fact(Heading heading)
    {
        var perHour = (float)(TimeSpan.FromHours(1) / grid.Length);
        var hour = Math.Clamp((int)perHour, 1, week.Length);
        var twoHours = Math.Min(2 * hour, week.Length);
        var moved = Moved(heading);
        return new(
            Metric.Name, Known(Last(week.AsSpan()[^hour..])), Known(Movement.Slope(week.AsSpan()[^twoHours..]) * perHour),
            moved.HasMoved ? TimeOf(moved.Start) : null, moved.HasMoved ? moved.PerStep * perHour : null, Known(Yesterday()));
    }

    private static double? Known(float value) => float.IsNaN(value) ? null : value;

    private static float Last(ReadOnlySpan<float> values)
    {
        for (var i = values.Length - 1; i >= 0; i--)
            if (!float.IsNaN(values[i])) return values[i];
        return float.NaN;
    }

    private float Yesterday()
    {
        var same = week.Length - 1 - (long)(TimeSpan.FromDays(1) / grid.Length);
        if (same < 1) return float.NaN; // a grid so fine that a day is not kept
        var (sum, count) = (0f, 0);
        for (var i = same - 1; i <= same + 1; i++)
        {
            if (float.IsNaN(week[i])) continue;
            sum += week[i];
            count++;
        }

        return count > 0 ? sum / count : float.NaN;
    }
}
