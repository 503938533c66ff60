using TftPortal.Access.ApiKeys;
using TftPortal.Tests.Access;

namespace TftPortal.Tests.Notifications;

/// <summary>Keys that will expire are told of in time, and once each time.</summary>
public sealed class KeyExpiryTests
{
    [Fact]
    public async Task A_keys_end_is_told_fourteen_days_and_one_day_before_and_when_it_is_over_each_once()
    {
        await using var receiver = await AReceiver.StartAsync();
        await using var portal = await ATellingPortal.StartAsync();
        await portal.RouteAsync(await portal.WebhookAsync("ops", receiver), ""","repeat_minutes":5""", "\"key_expiry\"");
        var (_, id) = await portal.Portal.MakeAsync("agents", ApiScopes.Feed, days: 20);
        await PassAsync(portal, TimeSpan.FromDays(5));
        Assert.Empty(receiver.Taken);
        await PassAsync(portal, TimeSpan.FromDays(2));
        await portal.UntilAsync(() => receiver.Taken.Count == 1);
        await PassAsync(portal, TimeSpan.FromDays(11));
        Assert.Single(receiver.Taken);
        await PassAsync(portal, TimeSpan.FromDays(1.5));
        await portal.UntilAsync(() => receiver.Taken.Count == 2);
        await PassAsync(portal, TimeSpan.FromDays(1));
        await portal.UntilAsync(() => receiver.Taken.Count == 3);
        await PassAsync(portal, TimeSpan.FromDays(3));

        Assert.Equal([$"raised key:{id}", $"escalated key:{id}", $"resolved key:{id}"], receiver.Taken.Select(request => request.Said));
        Assert.Equal(["warning", "critical", "critical"], receiver.Taken.Select(request => request.Json.GetProperty("severity").GetString()));
        Assert.Equal("key_expiry", receiver.Taken.First().Json.GetProperty("kind").GetString());
        Assert.Matches("^API key agents expires in 1[34] days$", receiver.Taken.First().Json.GetProperty("title").GetString()); // the test's clock jumps hours at a time
    }

    [Fact]
    public async Task A_key_that_is_revoked_is_told_of_no_more()
    {
        await using var receiver = await AReceiver.StartAsync();
        await using var portal = await ATellingPortal.StartAsync();
        await portal.RouteAsync(await portal.WebhookAsync("ops", receiver), kinds: "\"key_expiry\"");
        var (_, id) = await portal.Portal.MakeAsync("agents", ApiScopes.Feed, days: 10);
        await portal.UntilAsync(() => receiver.Taken.Count == 1);
        await portal.Portal.Store.RevokeAsync(id, KeyedPortal.Tester, TestContext.Current.CancellationToken);
        await portal.UntilAsync(() => receiver.Taken.Count == 2);
        Assert.Equal([$"raised key:{id}", $"resolved key:{id}"], receiver.Taken.Select(request => request.Said));
    }

    // Hours at a time: the desk looks every 10 s of the clock, and once for each jump.
    private static Task PassAsync(ATellingPortal portal, TimeSpan time) => portal.PassAsync(time, step: 2 * 3600);
}
