using System.Text;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;
using TftPortal.Tests.Builders;

namespace TftPortal.Tests.History;

public sealed class HistoryAlertsTests
{
    private static readonly DateTimeOffset Noon = AReading.Noon;
    private static readonly HistoryRange Day = new(Noon.AddHours(-12), Noon.AddHours(12));

    [Fact]
    public async Task An_alert_is_one_row_from_its_raise_to_its_end_over_a_restart()
    {
        using var past = new APast();
        past.Feed(AReading.From("web-01").WithMemory(40));
        past.Restart();
        var alert = Predicted("web-01", Noon, Noon.AddMinutes(30));
        past.Alerts = [alert];
        past.Write();
        past.Clock.Advance(TimeSpan.FromMinutes(20));
        past.Restart();
        past.Alerts = [alert with { State = AlertState.Breaching, Severity = AlertSeverity.Critical, BreachedAt = Noon.AddMinutes(15) }];
        past.Write();
        past.Clock.Advance(TimeSpan.FromMinutes(20));
        past.Restart();
        past.Alerts = [];
        past.Write();
        past.Clock.Advance(TimeSpan.FromDays(1));
        past.Compact();

        var found = Assert.Single((await past.Archive.AlertsAsync(new(Day), TestContext.Current.CancellationToken)).Alerts);

        Assert.Equal((alert.Id, AlertSeverity.Critical, true), (found.Id, found.Severity, found.WasPredicted));
        Assert.Equal((Noon, Noon.AddMinutes(15), Noon.AddMinutes(20), Noon.AddMinutes(40)), (found.StartedAt, found.BreachedAt, found.CriticalAt, found.EndedAt));
    }

    [Fact]
    public async Task What_is_said_of_an_alert_after_its_end_is_in_the_history_too()
    {
        using var past = new APast();
        past.Restart();
        var alert = Predicted("web-01", Noon, Noon.AddMinutes(30));
        past.Alerts = [alert];
        past.Write();
        past.Clock.Advance(TimeSpan.FromMinutes(20));
        past.Alerts = [];
        past.EndedAlerts = [new(alert, Noon.AddMinutes(19))];
        past.Write();
        past.Restart();
        past.EndedAlerts = [new(alert.With(new(AlertActKind.FalseAlarm, "Olga", Noon.AddMinutes(30), "")), Noon.AddMinutes(19))];
        past.Write();

        var found = Assert.Single((await past.Archive.AlertsAsync(new(Day), TestContext.Current.CancellationToken)).Alerts);

        Assert.Equal((Noon.AddMinutes(19), true), (found.EndedAt, found.IsFalseAlarm));
    }

    [Fact]
    public async Task The_report_says_how_right_and_how_early_the_alerts_were()
    {
        using var past = new APast();
        past.Feed(Enumerable.Range(0, 288).Select(step => AReading.From("web-01").At(Noon.AddMinutes(-5 * step)).WithMemory(50)));
        past.Restart();
        Alert early = Predicted("web-01", Noon, Noon.AddMinutes(30)), cry = Predicted("web-02", Noon, Noon.AddMinutes(50)), late = Predicted("web-03", Noon, Noon) with { State = AlertState.Breaching, Severity = AlertSeverity.Critical, BreachedAt = Noon };
        past.Alerts = [early, cry, late];
        past.Write();
        past.Clock.Advance(TimeSpan.FromMinutes(25));
        past.Alerts = [early with { State = AlertState.Breaching, BreachedAt = Noon.AddMinutes(20) }, late];
        past.Write();
        past.Clock.Advance(TimeSpan.FromMinutes(5));
        past.Alerts = [late];
        past.Write();

        var report = await past.Archive.ReportAsync(new(Noon.AddDays(-1), Noon.AddHours(1)), TestContext.Current.CancellationToken);

        Assert.Equal(new AlertFigures(Raised: 3, Critical: 1, Open: 1, Predicted: 2, CameTrue: 1, FalseAlarms: 1, Missed: 1, MeanLeadMinutes: 20, MedianLeadMinutes: 20, ServerDays: 1), report.Alerts);
        Assert.Equal((0.5, 0.5, 1.0), (report.Alerts.Precision, report.Alerts.Recall, report.Alerts.FalseAlarmsPerServerDay));
        Assert.Equal((1, 288L), (report.Servers, report.Steps));
        Assert.Equal(["web-01", "web-03", "web-02"], report.TopServers.Select(server => server.Server)); // 30, 30 and 25 minutes
    }

    [Fact]
    public async Task An_alert_that_passes_its_warning_while_worse_is_predicted_came_true_and_one_raised_only_then_was_missed()
    {
        using var past = new APast();
        past.Restart();
        Alert worse = Predicted("web-01", Noon, Noon.AddMinutes(50)) with { Severity = AlertSeverity.Critical }, late = worse with { Id = Guid.NewGuid(), Server = "web-02", BreachedAt = Noon };
        past.Alerts = [worse, late];
        past.Write();
        past.Clock.Advance(TimeSpan.FromMinutes(20));
        past.Alerts = [worse with { BreachedAt = Noon.AddMinutes(15) }, late];
        past.Write();
        past.Clock.Advance(TimeSpan.FromMinutes(20));
        past.Alerts = [];
        past.Write();

        var alerts = (await past.Archive.ReportAsync(Day, TestContext.Current.CancellationToken)).Alerts;

        Assert.Equal((1, 0, 1, 15.0), (alerts.CameTrue, alerts.FalseAlarms, alerts.Missed, alerts.MedianLeadMinutes));
        Assert.Equal((1.0, 0.5), (alerts.Precision, alerts.Recall));
    }

    [Fact]
    public async Task An_alert_that_has_stood_for_months_is_found_in_any_of_their_days_and_not_after_its_end()
    {
        using var past = new APast();
        past.Feed(AReading.From("web-01").WithMemory(40));
        past.Restart();
        past.Alerts = [Predicted("web-01", Noon, Noon.AddMinutes(30))];
        past.Write();
        past.Clock.Advance(TimeSpan.FromDays(80));
        past.Feed(AReading.From("web-01").At(Noon.AddDays(80)).WithMemory(40));
        Assert.Equal(1, await FoundAsync(79));

        past.Alerts = [];
        past.Write();

        Assert.Equal((1, 1, 0), (await FoundAsync(40), await FoundAsync(79), await FoundAsync(80)));

        async Task<int> FoundAsync(int day) => (await past.Archive.AlertsAsync(new(new(Noon.AddDays(day).AddHours(1), Noon.AddDays(day).AddHours(2))), TestContext.Current.CancellationToken)).Total;
    }

    [Fact]
    public async Task A_time_in_which_nothing_was_is_reported_as_nothing()
    {
        using var past = new APast();

        var report = await past.Archive.ReportAsync(Day, TestContext.Current.CancellationToken);

        Assert.Equal((0, 0L, 0, null), (report.Servers, report.Steps, report.Alerts.Raised, report.Alerts.Precision));
    }

    [Fact]
    public async Task Alerts_are_found_by_what_is_asked_for_and_counted_whole()
    {
        using var past = new APast();
        past.Restart();
        past.Alerts = [.. Enumerable.Range(0, 30).Select(index => Predicted($"web-{index:00}", Noon.AddMinutes(index), Noon.AddMinutes(90)) with { Severity = index % 3 == 0 ? AlertSeverity.Critical : AlertSeverity.Warning })];
        past.Write();

        var found = await past.Archive.AlertsAsync(new(Day, Severity: "critical", Skip: 2, Take: 3), TestContext.Current.CancellationToken);

        Assert.Equal(10, found.Total);
        Assert.Equal(["web-21", "web-18", "web-15"], found.Alerts.Select(alert => alert.Server)); // the newest first
        Assert.Equal(1, (await past.Archive.AlertsAsync(new(Day, Server: "web-07"), TestContext.Current.CancellationToken)).Total);
        Assert.Equal(0, (await past.Archive.AlertsAsync(new(Day, Server: "x' OR '1'='1"), TestContext.Current.CancellationToken)).Total);
    }

    [Fact]
    public async Task A_table_taken_along_as_csv_says_its_times_zone_and_holds_no_formula()
    {
        using var past = new APast();
        past.Restart();
        past.Alerts = [Predicted("web-01", Noon, Noon.AddMinutes(30)) with { Acts = [new(AlertActKind.Acknowledged, "=HYPERLINK(\"http://evil\")", Noon, "")] }];
        past.Write();
        using var csv = new MemoryStream();

        await past.Archive.ExportAsync(new("alerts", Day, null, ExportFormat.Csv), csv, TestContext.Current.CancellationToken);

        var lines = Encoding.UTF8.GetString(csv.ToArray()).TrimEnd().Split('\n');
        Assert.StartsWith("id,server,profile,metric,severity,started_at,", lines[0], StringComparison.Ordinal);
        Assert.Contains(",2026-03-10T12:00:00Z,", lines[1], StringComparison.Ordinal);
        Assert.Contains("'=HYPERLINK", lines[1], StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(past.Place.Folder, HistoryFolders.Exports)));
    }

    private static Alert Predicted(string server, DateTimeOffset at, DateTimeOffset breach) => new()
    {
        Id = Guid.NewGuid(),
        Server = server,
        Metric = "mem_used_pct",
        Severity = AlertSeverity.Warning,
        State = AlertState.Predicted,
        PredictedValue = 93,
        Threshold = 90,
        StepsAhead = 6,
        MinutesAhead = 30,
        Probability = 0.7,
        StartedAt = at,
        BreachAt = breach,
        BreachFrom = breach,
        BreachUntil = breach,
        ModelVersion = "test-1",
        Message = "Memory will reach 90 %.",
    };
}
