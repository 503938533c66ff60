using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Notifications;

/// <summary>An incident as the engine shows it: <c>new ATrouble("web-01", "web-02") { Severity = AlertSeverity.Critical }</c>.</summary>
internal sealed record ATrouble(params string[] Servers)
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public AlertSeverity Severity { get; init; } = AlertSeverity.Warning;
    public AlertState State { get; init; } = AlertState.Breaching;
    public DateTimeOffset? Since { get; init; }
    public string? TakenBy { get; init; }
    public bool IsSilenced { get; init; }

    /// <summary>Of these servers alone.</summary>
    public string[] Silenced { get; init; } = [];
    public string? Maintenance { get; init; }
    public ImmutableArray<Guid> Absorbed { get; init; } = [];
    public ServerProfile Profile { get; init; } = ServerProfile.WebApi;
    public bool IsSimulated { get; init; }

    public string Key => $"incident:{Id}";

    /// <summary>A picture of these troubles.</summary>
    public static FleetOutlook Picture(long sequence, DateTimeOffset now, params ATrouble[] troubles)
    {
        var servers = troubles.SelectMany(trouble => trouble.Servers.Select(name => new AServer(name) { Profile = trouble.Profile, IsSimulated = trouble.IsSimulated })).DistinctBy(server => server.Name).ToArray();
        return AnOutlook.Of(sequence, now, servers) with
        {
            Alerts = [.. troubles.SelectMany(trouble => trouble.Alerts(now))],
            Incidents = [.. troubles.Select(trouble => trouble.Incident(now))],
        };
    }

    private AlertIncident Incident(DateTimeOffset now) => new()
    {
        Id = Id,
        StartedAt = Since ?? now,
        Severity = Severity,
        Alerts = [.. Alerts(now).Select(alert => alert.Id)],
        Servers = [.. Servers],
        Message = Servers.Length == 1 ? $"{Servers[0]}: memory at 97 %, over 90 %." : $"{Servers.Length} servers together ({Servers[0]} to {Servers[^1]}) with cpu_iowait_pct.",
        Absorbed = Absorbed,
    };

    private IEnumerable<Alert> Alerts(DateTimeOffset now) => Servers.Select((server, index) => new Alert
    {
        Id = new Guid(index + 1, 0, 0, [.. Id.ToByteArray().AsSpan(8)]),
        IncidentId = Id,
        Server = server,
        Metric = Servers.Length == 1 ? "mem_used_pct" : "cpu_iowait_pct",
        Severity = Severity,
        State = State,
        PredictedValue = 97.25,
        Threshold = 90,
        StepsAhead = 0,
        MinutesAhead = 0,
        Probability = 1,
        StartedAt = Since ?? now,
        BreachAt = Since ?? now,
        BreachFrom = Since ?? now,
        BreachUntil = Since ?? now,
        ModelVersion = "test-1",
        Message = $"{server}: memory at 97 %, over 90 %.",
        Acts = TakenBy is null ? [] : [new AlertAct(AlertActKind.Acknowledged, TakenBy, now, "looking")],
        SilencedUntil = IsSilenced || Silenced.Contains(server) ? now.AddHours(1) : null,
        Maintenance = Maintenance,
    });
}
