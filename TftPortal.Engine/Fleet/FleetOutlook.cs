using System.Collections.Frozen;
using System.Collections.Immutable;

namespace TftPortal.Engine.Fleet;

/// <summary>One server in the picture.</summary>
/// <param name="Server">As the window knew it.</param>
/// <param name="Forecast">Its forecasts.</param>
/// <param name="Risk">Its risk.</param>
public sealed record ServerOutlook(ServerSnapshot Server, ServerForecast Forecast, RiskScore Risk);

/// <summary>How many of what the window holds.</summary>
/// <param name="Tick">Batches applied since the first start.</param>
/// <param name="Records">Readings in the window.</param>
/// <param name="ServersTracked">Servers in the window.</param>
/// <param name="ServersReady">Servers with enough steps for the model.</param>
/// <param name="DeepestServerSteps">Observed steps of the server that has the most.</param>
/// <param name="RequiredSteps">Observed steps that a server needs for the model.</param>
public sealed record WindowCounts(long Tick, int Records, int ServersTracked, int ServersReady, int DeepestServerSteps, int RequiredSteps)
{
    /// <summary>Whether every tracked server is ready.</summary>
    public bool IsWarm => ServersTracked > 0 && ServersReady == ServersTracked;
}

/// <summary>The fleet as a whole.</summary>
/// <param name="ProbabilityIn30Minutes">Probability that any server has an incident within 30 minutes, 0–1.</param>
/// <param name="ProbabilityIn8Hours">The same within 8 hours.</param>
/// <param name="HighRiskServers">Servers at warning or critical.</param>
/// <param name="Health"><c>healthy</c>, <c>degraded</c>, <c>warning</c>, <c>critical</c>, or <c>unknown</c> without servers.</param>
public sealed record FleetHealth(double ProbabilityIn30Minutes, double ProbabilityIn8Hours, int HighRiskServers, string Health)
{
    /// <summary>No servers yet.</summary>
    public static FleetHealth Unknown { get; } = new(0, 0, 0, "unknown");
}

/// <summary>One immutable picture of everything, made once a cycle and shared by every reader.</summary>
public sealed record FleetOutlook
{
    /// <summary>Grows by one a picture; 0 is the empty picture before the first cycle.</summary>
    public required long Sequence { get; init; }
    /// <summary>When the picture was made.</summary>
    public required DateTimeOffset Time { get; init; }
    /// <summary>How long it took to make, from the window's snapshot on.</summary>
    public TimeSpan Took { get; init; }
    /// <summary>The time grid.</summary>
    public required StepGrid Grid { get; init; }
    /// <summary>The first step that is forecast.</summary>
    public required long FirstStep { get; init; }
    /// <summary>Steps ahead: 96.</summary>
    public required int HorizonSteps { get; init; }
    /// <summary>Version of the model in use.</summary>
    public required string ModelVersion { get; init; }
    /// <summary>How many of what the window held.</summary>
    public required WindowCounts Counts { get; init; }
    /// <summary>The servers, the most at risk first, then by name.</summary>
    public required ImmutableArray<ServerOutlook> Servers { get; init; }
    /// <summary>The servers by name.</summary>
    public required FrozenDictionary<string, ServerOutlook> ByName { get; init; }
    /// <summary>What is wrong, or will be: the most severe first, then by time of breach.</summary>
    public required ImmutableArray<Alert> Alerts { get; init; }
    /// <summary>The same alerts by trouble: the most severe first, then the oldest.</summary>
    public ImmutableArray<AlertIncident> Incidents { get; init; } = [];
    /// <summary>The alerts that ended within the last day, as they were last and the newest first: 200 at most.</summary>
    public ImmutableArray<EndedAlert> Ended { get; init; } = [];
    /// <summary>Silences, maintenance, rules.</summary>
    public AlertBook Book { get; init; } = AlertBook.Empty;
    /// <summary>The fleet as a whole.</summary>
    public required FleetHealth Health { get; init; }

    /// <summary>The picture before the first cycle.</summary>
    public static FleetOutlook Empty(DateTimeOffset time, StepGrid grid, string modelVersion, WindowCounts counts) => new()
    {
        Sequence = 0,
        Time = time,
        Grid = grid,
        FirstStep = grid.StepOf(time) + 1,
        HorizonSteps = 96,
        ModelVersion = modelVersion,
        Counts = counts,
        Servers = [],
        ByName = FrozenDictionary<string, ServerOutlook>.Empty,
        Alerts = [],
        Health = FleetHealth.Unknown,
    };
}
