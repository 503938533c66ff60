using System.Collections.Immutable;

namespace TftPortal.Benchmarks.Load;

/// <summary>What a load run does.</summary>
internal sealed record LoadPlan
{
    /// <summary>Servers of the simulated fleet.</summary>
    public required int Servers { get; init; }
    /// <summary>Time measured.</summary>
    public required TimeSpan Measured { get; init; }
    /// <summary>Records a POST.</summary>
    public required int Records { get; init; }
    /// <summary>Time from one reading of a server to its next.</summary>
    public required TimeSpan Interval { get; init; }
    /// <summary>Pace of the forecast cycles of a portal that is started, seconds.</summary>
    public required int ForecastSeconds { get; init; }
    /// <summary>POSTs under way at once, at most; a further one waits, and its wait counts.</summary>
    public required int Senders { get; init; }
    /// <summary>Further settings of a portal that is started, <c>Key=value</c>.</summary>
    public required ImmutableArray<string> Settings { get; init; }
    /// <summary>The portal, where it runs already.</summary>
    public required Uri? Url { get; init; }
    /// <summary>The command line, for the report.</summary>
    public required string Arguments { get; init; }

    /// <summary>Decides what the servers read.</summary>
    public int Seed { get; init; } = 1;
    /// <summary>Time before the measured one, for the just-in-time compiler.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(10);
    /// <summary>Time from one GET of the forecasts, and of the alerts, to the next.</summary>
    public TimeSpan ReadEvery { get; init; } = TimeSpan.FromSeconds(3);
}
