using System.Net;
using TftPortal.Access.Records;
using TftPortal.Engine.Fleet;
using TftPortal.Tests.Access;

namespace TftPortal.Tests.Notifications;

/// <summary>Those that keep an incident's state themselves are left with none that nobody ends, whatever an admin does with their channel.</summary>
public sealed class PagerTests
{
    [Fact]
    public async Task What_a_pager_has_open_when_it_is_disabled_ends_there_when_it_is_on_again_and_what_stands_is_as_it_is()
    {
        await using var receiver = await AReceiver.StartAsync();
        await using var portal = await ATellingPortal.StartAsync();
        var pager = await PagerAsync(portal, receiver);
        var (over, ended, worse, tried, still, gone) = (new ATrouble("over-01"), new ATrouble("ended-01"), new ATrouble("worse-01"), new ATrouble("tried-01"), new ATrouble("still-01"), new ATrouble("gone-01"));
        portal.Show(over, ended, worse);
        await portal.UntilAsync(() => receiver.Taken.Count == 3);

        receiver.Refuse(503);
        var critical = worse with { Severity = AlertSeverity.Critical };
        portal.Show(over, ended, worse, tried);
        await portal.UntilAsync(() => receiver.Asked > 3); // perhaps it was taken, and the answer lost
        portal.Show(over, critical, tried, still, gone);
        await QueuedAsync(portal, 5);
        await portal.AskAsync(HttpMethod.Put, $"/{pager}", """{"name":"pager","kind":"pagerduty","enabled":false}""");
        portal.Show(critical, still); // the others are over meanwhile
        receiver.Accept();
        receiver.Taken.Clear();
        await portal.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(receiver.Taken);

        await portal.AskAsync(HttpMethod.Put, $"/{pager}", """{"name":"pager","kind":"pagerduty","enabled":true}""");
        await portal.UntilAsync(() => receiver.Taken.Count >= 5);
        await portal.PassAsync(TimeSpan.FromMinutes(2));
        var said = receiver.Taken.Select(Said).ToList();
        Assert.Equal(new[] { $"resolve {ended.Key}", $"resolve {over.Key}", $"resolve {tried.Key}", $"trigger {still.Key}", $"trigger {critical.Key}" }.Order(), said.Order());
        Assert.Equal("critical", receiver.Taken.Single(request => Said(request) == $"trigger {critical.Key}").Json.GetProperty("payload").GetProperty("severity").GetString());
        portal.Show();
        await portal.UntilAsync(() => receiver.Taken.Select(Said).Count(one => one == $"resolve {critical.Key}" || one == $"resolve {still.Key}") == 2);
    }

    [Fact]
    public async Task A_dead_letter_that_would_open_what_is_over_or_end_what_stands_is_not_tried_again()
    {
        await using var receiver = await AReceiver.StartAsync();
        await using var portal = await ATellingPortal.StartAsync();
        await PagerAsync(portal, receiver);
        var trouble = new ATrouble("web-01");
        receiver.Refuse(400);
        portal.Show(trouble);
        var raised = await DeadAsync(portal, 1);
        using (var early = await RetryAsync(portal, raised)) Assert.Equal(HttpStatusCode.NoContent, early.StatusCode); // it stands
        await DeadAsync(portal, 1);
        receiver.Accept();
        portal.Show();
        await portal.UntilAsync(() => receiver.Taken.Count == 1);
        using var late = await RetryAsync(portal, raised);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("It is over: delivered now, this would open something in pager that nobody ends.", await late.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"resolve {trouble.Key}", Said(receiver.Taken.Single()));
    }

    private static string Said(Received request) => $"{request.Json.GetProperty("event_action").GetString()} {request.Json.GetProperty("dedup_key").GetString()!["tft:".Length..]}";

    private static async Task<string> PagerAsync(ATellingPortal portal, AReceiver receiver)
    {
        var id = await portal.ChannelAsync($$"""{"name":"pager","kind":"pagerduty","url":"{{receiver.Address}}","routing_key":"{{new string('r', 32)}}"}""");
        await portal.RouteAsync(id);
        return id;
    }

    private static Task QueuedAsync(ATellingPortal portal, int queued) =>
        KeyedPortal.EventuallyAsync(async () => (await portal.QueueAsync()).Count(row => row.State == DeliveryRow.Queued) == queued);

    private static async Task<long> DeadAsync(ATellingPortal portal, int count)
    {
        long number = 0;
        await KeyedPortal.EventuallyAsync(async () =>
        {
            var dead = (await portal.QueueAsync()).FindAll(row => row.State == DeliveryRow.Dead);
            number = dead.FirstOrDefault()?.Number ?? 0;
            return dead.Count == count;
        });
        return number;
    }

    private static Task<HttpResponseMessage> RetryAsync(ATellingPortal portal, long number) =>
        portal.Portal.SendAsync(HttpMethod.Post, $"/api/channels/deliveries/{number}/retry", portal.Portal.Admin);
}
