using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Access.Records;
using TftPortal.Notifications;
using TftPortal.Notifications.Delivery;
using TftPortal.Tests.Access;

namespace TftPortal.Tests.Notifications;

/// <summary>The queue in the database: it grows long, and its book-keeping fails between two steps.</summary>
public sealed partial class QueueTests
{
    [Fact]
    public async Task An_attempt_that_is_written_down_twice_counts_once_and_a_delivery_is_never_undone()
    {
        await using var portal = await ATellingPortal.StartAsync();
        using var counted = new ACount(portal.Services.GetRequiredService<IMeterFactory>());
        var channel = await portal.ChannelAsync("""{"name":"off","kind":"slack","url":"http://127.0.0.1:9/","enabled":false}"""); // nobody else delivers
        var row = await AddAsync(portal, channel);
        var queue = portal.Services.GetRequiredService<DeliveryQueue>();
        for (var time = 0; time < 2; time++) await queue.NoteAsync(row, "slack", Outcome.TryAgain("no room"));
        Assert.Equal((1, 1), (counted["tft.notifications.failed slack"], (await portal.QueueAsync()).Single().Attempts));
        Assert.Equal(1, (await portal.AskAsync(HttpMethod.Get, "")).GetProperty("channels")[0].GetProperty("failures_in_a_row").GetInt32());
        for (var time = 0; time < 2; time++) await queue.NoteAsync((await portal.QueueAsync()).Single(), "slack", Outcome.Delivered);
        Assert.Equal((1, "sent"), (counted["tft.notifications.sent slack"], (await portal.QueueAsync()).Single().State));
    }

    [Fact]
    public async Task Many_messages_at_once_are_in_order_and_none_is_looked_through_for_the_next()
    {
        await using var receiver = await AReceiver.StartAsync();
        await using var portal = await ATellingPortal.StartAsync(null, "--Notifications:MaxQueued=100000");
        var channel = await portal.WebhookAsync("ops", receiver);
        receiver.Refuse(503);
        await portal.RouteAsync(channel);
        using var largest = new LargestTracker(portal.Portal.Folder);
        portal.Show([.. Enumerable.Range(0, 80).Select(index => new ATrouble($"web-{index:00}"))]);
        await KeyedPortal.EventuallyAsync(async () => (await portal.QueueAsync()).Count == 80);
        Assert.Equal(Enumerable.Range(0, 80).Select(index => $"web-{index:00}"), (await portal.QueueAsync()).Select(row => NoticeJson.Read<Notice>(row.Notice).Servers[0]));
        Assert.InRange(largest.Entries, 1, 3);
    }

    [Fact]
    public async Task The_list_of_messages_sorts_nothing_and_shows_dead_ones_first_then_those_that_wait_then_the_newest()
    {
        var log = new LogBook();
        await using var portal = await ATellingPortal.StartAsync(null, "--Logging:LogLevel:Microsoft.EntityFrameworkCore=Trace");
        var channel = await portal.ChannelAsync("""{"name":"off","kind":"slack","url":"http://127.0.0.1:9/","enabled":false}""");
        foreach (var state in (string[])[DeliveryRow.Sent, DeliveryRow.Dead, DeliveryRow.Queued, DeliveryRow.Sent, DeliveryRow.Queued, DeliveryRow.Dead]) await AddAsync(portal, channel, state);
        portal.Hear(log);
        var listed = await portal.Services.GetRequiredService<DeliveryQueue>().ListAsync(null, 5, TestContext.Current.CancellationToken);
        Assert.Equal([(DeliveryRow.Dead, 6), (DeliveryRow.Dead, 2), (DeliveryRow.Queued, 5), (DeliveryRow.Queued, 3), (DeliveryRow.Sent, 4)], listed.Select(one => (one.State, (int)one.Number)));

        await using var database = await portal.Services.GetRequiredService<IDbContextFactory<PortalRecords>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var asked = log.All.Select(line => Select().Match(line)).Where(match => match.Success).Select(match => match.Value).Distinct().ToList();
        Assert.NotEmpty(asked);
        foreach (var sql in asked)
        {
            await using var explain = new SqliteCommand($"EXPLAIN QUERY PLAN {sql}", (SqliteConnection)database.Database.GetDbConnection());
            await database.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
            foreach (Match parameter in Parameter().Matches(sql)) if (!explain.Parameters.Contains(parameter.Value)) explain.Parameters.AddWithValue(parameter.Value, 1);
            await using var plan = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await plan.ReadAsync(TestContext.Current.CancellationToken)) Assert.DoesNotContain("TEMP B-TREE", plan.GetString(3), StringComparison.Ordinal);
        }
    }

    private static async Task<DeliveryRow> AddAsync(ATellingPortal portal, string channel, string state = DeliveryRow.Queued)
    {
        var now = portal.Clock.GetUtcNow();
        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await using var database = await portal.Services.GetRequiredService<IDbContextFactory<PortalRecords>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var notice = ANotice.Of() with { Id = Guid.NewGuid() };
        var row = new DeliveryRow { Id = notice.Id, ChannelId = channel, Concern = notice.Concern, Notice = NoticeJson.Write(notice), State = state, QueuedAt = now, NextAt = now, EndedAt = state == DeliveryRow.Queued ? null : now };
        database.Deliveries.Add(row);
        await database.SaveChangesAsync(TestContext.Current.CancellationToken);
        return row;
    }

    [GeneratedRegex(@"SELECT ""c"".*FROM ""channel_deliveries"".*LIMIT @\w+", RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Select();

    [GeneratedRegex(@"@\w+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Parameter();

    /// <summary>How many rows of this portal were kept in mind when a message was saved, at most.</summary>
    private sealed class LargestTracker : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly string folder;
        private readonly List<IDisposable> heard = [];

        public LargestTracker(string folder)
        {
            this.folder = folder;
            heard.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public int Entries { get; private set; }

        public void Dispose() => heard.ForEach(one => one.Dispose());

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name) heard.Add(value.Subscribe(this, name => name == CoreEventId.SaveChangesStarting.Name));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is DbContextEventData { Context: PortalRecords records } && records.Database.GetConnectionString()?.Contains(folder, StringComparison.Ordinal) == true && records.ChangeTracker.Entries<DeliveryRow>().Any())
                Entries = Math.Max(Entries, records.ChangeTracker.Entries().Count());
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
