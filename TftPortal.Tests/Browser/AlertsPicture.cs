using System.Collections.Immutable;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Insight;

namespace TftPortal.Tests.Browser;

/// <summary>A picture with everything that the pages of alerts must bear: an outage of 40 servers, a server with two alerts, one taken, one silenced, one that has ended; silences, windows and rules.</summary>
internal static class AlertsPicture
{
    private const string Anna = "user anna@example.com";

    public static FleetOutlook At(DateTimeOffset now)
    {
        var busy = ABusyFleet.At(now);
        ImmutableArray<Alert> alerts =
        [
            .. Enumerable.Range(1, 40).Select(number => Of($"ppapi{number:0000}", "load_average", now.AddMinutes(-3), AlertSeverity.Critical, AlertState.Breaching, 31, 12)),
            Of("ppdb0001", "mem_used_pct", now.AddMinutes(-42), AlertSeverity.Critical, AlertState.Predicted, 98.3, 98)
                .With(new(AlertActKind.Acknowledged, Anna, now.AddMinutes(-30), "The nightly import; I raise its limit."))
                .With(new(AlertActKind.Commented, "user ben@example.com", now.AddMinutes(-12), "It was the same last Tuesday.")),
            Of("ppdb0001", "disk_usage_pct", now.AddHours(-9), AlertSeverity.Warning, AlertState.Breaching, 87, 85).With(new(AlertActKind.Assigned, Anna, now.AddHours(-8), "ben@example.com")),
            Of("ppweb0003", "disk_usage_pct", now.AddMinutes(-90), AlertSeverity.Warning, AlertState.Predicted, 86, 85) with { SilencedUntil = now.AddHours(3), SilencedBy = Anna },
            Of(ABusyFleet.LongName, "mem_used_pct", now.AddMinutes(-200), AlertSeverity.Warning, AlertState.Predicted, 91, 90) with { Maintenance = "monthly patching", RaisedTimes = 4 },
        ];
        var detector = new CascadeDetector();
        alerts = detector.Sort(alerts, [], busy.Servers.Select(server => server.Server), now);
        return busy with { Alerts = alerts, Incidents = detector.Incidents, Ended = [new(Of("ppetl0001", "swap_used_pct", now.AddHours(-3), AlertSeverity.Warning, AlertState.Breaching, 31, 25), now.AddHours(-2))], Book = Book(now) };
    }

    private static AlertBook Book(DateTimeOffset now) => new()
    {
        Silences =
        [
            new() { Id = Guid.CreateVersion7(), Servers = "ppweb*", Metric = "disk_usage_pct", From = now.AddHours(-1), Until = now.AddHours(3), Reason = "A larger disk is ordered and comes on Thursday.", By = Anna },
            new() { Id = Guid.CreateVersion7(), Servers = "*", From = now.AddHours(-30), Until = now.AddHours(-28), Reason = "Move of the racks.", By = Anna, EndedBy = "user ben@example.com" },
        ],
        Maintenance =
        [
            new() { Id = Guid.CreateVersion7(), Name = "monthly patching", Servers = "build-*", Start = new(2026, 3, 10, 2, 0, 0), Duration = TimeSpan.FromHours(2), Rule = "FREQ=MONTHLY;BYDAY=2TU", TimeZone = "Europe/Berlin", By = Anna, ChangedAt = now },
            new() { Id = Guid.CreateVersion7(), Name = "move of the racks", Servers = "*", Start = new(2026, 3, 7, 8, 0, 0), Duration = TimeSpan.FromHours(10), TimeZone = "UTC", By = Anna, ChangedAt = now },
        ],
        Rules =
        [
            new() { Id = Guid.CreateVersion7(), Name = "batch hosts", Metric = "cpu_used_pct", Servers = "ppetl*", Warning = 97, Critical = 99.5f, QuietHours = new() { From = new(22, 0), Until = new(6, 0), TimeZone = "Europe/Berlin" }, By = Anna, ChangedAt = now.AddDays(-3) },
            new() { Id = Guid.CreateVersion7(), Name = "no traffic", Metric = "net_in_mb_s", Profile = "web_api", IsBelow = true, Warning = 1, Critical = .1f, Cycles = 3, By = Anna, ChangedAt = now.AddHours(-5) },
        ],
    };

    private static Alert Of(string server, string metric, DateTimeOffset at, AlertSeverity severity, AlertState state, double value, double threshold) => new()
    {
        Id = Guid.CreateVersion7(at),
        Server = server,
        Metric = metric,
        Severity = severity,
        State = state,
        PredictedValue = value,
        Threshold = threshold,
        StepsAhead = state == AlertState.Breaching ? 0 : 8,
        MinutesAhead = state == AlertState.Breaching ? 0 : 40,
        Probability = state == AlertState.Breaching ? 1 : .78,
        StartedAt = at,
        BreachAt = state == AlertState.Breaching ? at : at.AddMinutes(240),
        BreachFrom = state == AlertState.Breaching ? at : at.AddMinutes(225),
        BreachUntil = state == AlertState.Breaching ? at : at.AddMinutes(255),
        ModelVersion = "tft-2026.3",
        Message = $"{server}: {metric} is at {value}, {(severity == AlertSeverity.Critical ? "critical" : "a warning")} from {threshold}.",
    };
}
