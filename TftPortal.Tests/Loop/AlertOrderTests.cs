using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Tests.State;

namespace TftPortal.Tests.Loop;

/// <summary>What people do with alerts: done by the engine's one writer, on disk before it is answered, in the newest picture at once.</summary>
public sealed class AlertOrderTests : IDisposable
{
    private const string Anna = "user anna@example.com";
    private readonly AStateFolder folder = new();

    [Fact]
    public async Task What_was_answered_is_there_when_the_plug_is_pulled()
    {
        await using var engine = await folder.EngineAsync();
        var before = await AlertAsync(engine);
        await DoneAsync(engine, new ActOrder(before.Id, AlertActKind.Acknowledged, "I am on it.", Anna));
        await DoneAsync(engine, new ActOrder(before.Id, AlertActKind.Assigned, "Ben", Anna));
        await DoneAsync(engine, new ActOrder(before.Id, AlertActKind.Commented, "A leak in the cache.", Anna));
        await DoneAsync(engine, new ActOrder(before.Id, AlertActKind.FalseAlarm, "", Anna));
        await DoneAsync(engine, new SilenceOrder("web-*", null, AReading.Noon.AddDays(1), "We know.", Anna));
        await DoneAsync(engine, new RuleOrder(new() { Name = "databases", Metric = "mem_used_pct", Servers = "db-*", Warning = 97, Critical = 99 }, Anna));
        await DoneAsync(engine, new MissedOrder("web-02", "load_average", AReading.Noon.AddHours(-1), "It hung.", Anna));
        await DoneAsync(engine, new NoteOrder("web-01", "Moves to the other rack on Friday.", Anna));
        var wrong = await DoneAsync(engine, new NoteOrder("web-01", "Soon gone.", Anna));
        await DoneAsync(engine, new RemoveNoteOrder(wrong.Id, Anna));
        using var left = folder.Now();

        await using var again = await left.EngineAsync();
        var after = (await again.PictureAsync(picture => picture.Alerts.Length == 1)).Alerts[0];

        Assert.Equal((before.Id, before.IncidentId, Anna, "I am on it.", "Ben", true), (after.Id, after.IncidentId, after.AcknowledgedBy, after.AcknowledgeReason, after.AssignedTo, after.IsFalseAlarm));
        Assert.Equal("A leak in the cache.", Assert.Single(after.Comments).Text);
        Assert.Equal((AReading.Noon.AddDays(1), Anna, true), (after.SilencedUntil, after.SilencedBy, after.IsHushed));
        var book = again.Feed.Latest.Book;
        Assert.Equal(("web-01", "Moves to the other rack on Friday.", Anna), (Assert.Single(book.Notes).Server, book.Notes[0].Text, book.Notes[0].By));
        Assert.Equal(("db-*", "web-02"), (Assert.Single(book.Rules).Servers, Assert.Single(book.Missed).Server));
        Assert.Equal(97, ((RuleLookup)again.Services.GetService(typeof(RuleLookup))!).For("db-1", ServerProfile.Generic).Single(rule => rule.Metric == "mem_used_pct").Warning);
    }

    [Fact]
    public async Task An_order_shows_in_the_picture_without_waiting_for_the_next_cycle()
    {
        await using var engine = await RunningEngine.StartAsync(("Engine:ForecastSeconds", "3600"));
        var alert = await AlertAsync(engine);
        var sequence = engine.Feed.Latest.Sequence;

        await DoneAsync(engine, new ActOrder(alert.Id, AlertActKind.Acknowledged, "Mine.", Anna)); // the clock stands still
        Assert.Equal((sequence + 1, Anna, AReading.Noon.Date), (engine.Feed.Latest.Sequence, engine.Feed.Latest.Alerts[0].AcknowledgedBy, engine.Feed.Latest.Alerts[0].AcknowledgedAt!.Value.Date));
        await DoneAsync(engine, new ActOrder(alert.Id, AlertActKind.Unacknowledged, "", Anna));
        Assert.Null(engine.Feed.Latest.Alerts[0].AcknowledgedBy);
    }

    [Fact]
    public async Task A_silence_ends_by_itself_and_can_be_ended_before()
    {
        await using var engine = await RunningEngine.StartAsync();
        await AlertAsync(engine);
        await DoneAsync(engine, new SilenceOrder("WEB-0*", "mem_used_pct", engine.Clock.GetUtcNow().AddMinutes(5), "Known.", Anna));
        Assert.True(engine.Feed.Latest.Alerts[0].IsSilenced);
        await engine.FeedUntilAsync(picture => !picture.Alerts[0].IsSilenced);
        Assert.InRange(engine.Clock.GetUtcNow() - AReading.Noon, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(7));

        var other = await DoneAsync(engine, new SilenceOrder("*", null, engine.Clock.GetUtcNow().AddHours(5), "Known.", Anna));
        await DoneAsync(engine, new EndSilenceOrder(other.Id, "user ben@example.com"));

        Assert.False(engine.Feed.Latest.Alerts[0].IsSilenced);
        Assert.Equal("user ben@example.com", engine.Feed.Latest.Book.Silences[0].EndedBy);
    }

    [Fact]
    public async Task Under_maintenance_an_alert_is_raised_and_shown_and_nothing_is_sent()
    {
        await using var engine = await RunningEngine.StartAsync();
        var made = await DoneAsync(engine, new MaintenanceOrder(Window(), Anna));

        var alert = await AlertAsync(engine);
        Assert.Equal(("patching", true), (alert.Maintenance, alert.IsHushed));

        await DoneAsync(engine, new MaintenanceOrder(Window() with { Id = made.Id, Servers = "db-*" }, Anna));
        Assert.Null(engine.Feed.Latest.Alerts[0].Maintenance);
        await DoneAsync(engine, new RemoveMaintenanceOrder(made.Id, Anna));
        Assert.Empty(engine.Feed.Latest.Book.Maintenance);
    }

    [Fact]
    public async Task An_admins_rule_holds_from_the_next_picture_on()
    {
        await using var engine = await RunningEngine.StartAsync();
        await AlertAsync(engine);

        var made = await DoneAsync(engine, new RuleOrder(new() { Name = "leave it", Metric = "mem_used_pct", Servers = "web-01", IsWatched = false }, Anna));
        await engine.FeedUntilAsync(picture => picture.Alerts.IsEmpty);
        await DoneAsync(engine, new RemoveRuleOrder(made.Id, Anna));
        await engine.FeedUntilAsync(picture => picture.Alerts.Length == 1);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_with_field_value_and_what_is_allowed()
    {
        await using var engine = await RunningEngine.StartAsync();
        var alert = await AlertAsync(engine);
        var picture = engine.Feed.Latest;

        Assert.Equal("\"\" is no reason; allowed are 1 to 1000 characters that can be seen", (await RefusedAsync(engine, new ActOrder(alert.Id, AlertActKind.Acknowledged, "", Anna)))[0].Reason);
        Assert.Equal(["servers", "metric", "until", "reason"], (await RefusedAsync(engine, new SilenceOrder("web 1", "cpu", AReading.Noon.AddHours(-1), " ", Anna))).Select(fault => fault.Field));
        Assert.Equal(["server", "metric", "at"], (await RefusedAsync(engine, new MissedOrder("web-*", "cpu", AReading.Noon.AddDays(1), "", Anna))).Select(fault => fault.Field));
        Assert.Equal(["name", "servers", "start", "duration_minutes", "time_zone", "rule"],
            (await RefusedAsync(engine, new MaintenanceOrder(Window() with { Name = "", Servers = "", Start = default, Duration = TimeSpan.Zero, TimeZone = "Berlin", Rule = "FREQ=SECONDLY" }, Anna))).Select(fault => fault.Field));
        Assert.True((await engine.OrderAsync(new ActOrder(Guid.NewGuid(), AlertActKind.Commented, "?", Anna))).IsUnknown);
        Assert.True((await engine.OrderAsync(new EndSilenceOrder(Guid.NewGuid(), Anna))).IsUnknown);
        Assert.Same(picture, engine.Feed.Latest);
    }

    [Fact]
    public async Task What_can_not_be_written_down_is_not_done()
    {
        await using var engine = await folder.EngineAsync();
        var alert = await AlertAsync(engine);
        Directory.CreateDirectory(folder.Paths.Alerts + ".saving"); // where the file would be written beside
        Directory.CreateDirectory(folder.Paths.AlertBook + ".saving");

        await Assert.ThrowsAsync<OrderNotKeptException>(() => engine.OrderAsync(new ActOrder(alert.Id, AlertActKind.Acknowledged, "Mine.", Anna)));
        await Assert.ThrowsAsync<OrderNotKeptException>(() => engine.OrderAsync(new SilenceOrder("*", null, AReading.Noon.AddDays(1), "Known.", Anna)));
        foreach (var together in Enumerable.Range(1, 50).Select(number => engine.OrderAsync(new ActOrder(alert.Id, AlertActKind.Commented, $"{number}", Anna))).ToList()) await Assert.ThrowsAsync<OrderNotKeptException>(() => together);

        Assert.Empty(engine.Feed.Latest.Alerts[0].Acts);
        Assert.Empty(engine.Feed.Latest.Book.Silences);
        Directory.Delete(folder.Paths.Alerts + ".saving");
        Directory.Delete(folder.Paths.AlertBook + ".saving");
    }

    [Fact]
    public async Task A_fleet_wide_outage_is_one_incident()
    {
        await using var engine = await RunningEngine.StartAsync();
        await engine.FeedAsync([.. Enumerable.Range(1, 40).SelectMany(number => new[] { AReading.From($"web-{number:00}").WithMemory(99), AReading.From($"db-{number:00}").WithIowait(90) })]);

        var picture = await engine.PictureAsync(picture => picture.Alerts.Length == 80);

        Assert.Equal(80, Assert.Single(picture.Incidents).Servers.Length);
        Assert.All(picture.Alerts, alert => Assert.Equal(picture.Incidents[0].Id, alert.IncidentId));
    }

    public void Dispose() => folder.Dispose();

    private static MaintenanceWindow Window() => new()
    {
        Id = Guid.Empty,
        Name = "patching",
        Servers = "web-*",
        Start = new(2026, 3, 3, 11, 0, 0),
        Duration = TimeSpan.FromHours(3),
        Rule = "FREQ=WEEKLY",
        TimeZone = "UTC",
        By = "",
        ChangedAt = default,
    };

    private static async Task<Alert> AlertAsync(RunningEngine engine)
    {
        await engine.FeedAsync(AReading.From("web-01").At(engine.Clock.GetUtcNow()).WithMemory(99));
        return (await engine.PictureAsync(picture => picture.Alerts.Length == 1)).Alerts[0];
    }

    private static async Task<OrderAnswer> DoneAsync(RunningEngine engine, AlertOrder order)
    {
        var answer = await engine.OrderAsync(order);
        Assert.Empty(answer.Faults);
        return answer;
    }

    private static async Task<IReadOnlyList<OrderFault>> RefusedAsync(RunningEngine engine, AlertOrder order)
    {
        var answer = await engine.OrderAsync(order);
        Assert.False(answer.IsDone);
        return answer.Faults;
    }
}

internal static class EngineWithOrders
{
    public static Task<OrderAnswer> OrderAsync(this RunningEngine engine, AlertOrder order) =>
        ((AlertIntake)engine.Services.GetService(typeof(AlertIntake))!).SubmitAsync(order, TestContext.Current.CancellationToken);

    /// <summary>Time passes and web-01 goes on as it is, until a picture shows something.</summary>
    public static async Task FeedUntilAsync(this RunningEngine engine, Func<FleetOutlook, bool> shows)
    {
        for (var minute = 0; !shows(engine.Feed.Latest); minute++)
        {
            Assert.True(minute < 60);
            await engine.FeedAsync(AReading.From("web-01").At(engine.Clock.GetUtcNow()).WithMemory(99));
            var (sequence, until) = (engine.Feed.Latest.Sequence, engine.Clock.GetUtcNow().AddSeconds(30));
            await engine.UntilAsync(() => engine.Clock.GetUtcNow() >= until && engine.Feed.Latest.Sequence > sequence);
        }
    }
}
