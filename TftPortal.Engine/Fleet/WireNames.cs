using System.Collections.Frozen;
using System.Collections.Immutable;

namespace TftPortal.Engine.Fleet;

/// <summary>What a server reports of itself.</summary>
public enum ServerStatus { Healthy, CriticalIssue, HeavyLoad, Idle, Maintenance, MorningSpike, Offline, Recovery }

/// <summary>What a server is for: the model's static covariate.</summary>
public enum ServerProfile { Generic, MlCompute, Database, WebApi, ConductorManagement, DataIngest, RiskAnalytics }

/// <summary>The names of statuses and profiles on the wire and in files.</summary>
public static class WireNames
{
    /// <summary>Names of <see cref="ServerStatus"/>, indexed by it.</summary>
    public static ImmutableArray<string> Statuses { get; } =
        ["healthy", "critical_issue", "heavy_load", "idle", "maintenance", "morning_spike", "offline", "recovery"];

    /// <summary>Names of <see cref="ServerProfile"/>, indexed by it.</summary>
    public static ImmutableArray<string> Profiles { get; } =
        ["generic", "ml_compute", "database", "web_api", "conductor_mgmt", "data_ingest", "risk_analytics"];

    private static readonly FrozenDictionary<string, int> StatusByName = Index(Statuses);
    private static readonly FrozenDictionary<string, int> ProfileByName = Index(Profiles);

    /// <summary>The status's name on the wire.</summary>
    public static string WireName(this ServerStatus status) => Statuses[(int)status];

    /// <summary>The profile's name on the wire.</summary>
    public static string WireName(this ServerProfile profile) => Profiles[(int)profile];

    /// <summary>Finds a status by its name on the wire; case matters.</summary>
    public static bool TryParse(string name, out ServerStatus status)
    {
        var found = StatusByName.TryGetValue(name, out var index);
        status = (ServerStatus)index;
        return found;
    }

    /// <summary>Finds a profile by its name on the wire; case matters.</summary>
    public static bool TryParse(string name, out ServerProfile profile)
    {
        var found = ProfileByName.TryGetValue(name, out var index);
        profile = (ServerProfile)index;
        return found;
    }

    private static FrozenDictionary<string, int> Index(ImmutableArray<string> names) =>
        names.Select((name, index) => (name, index)).ToFrozenDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
}
