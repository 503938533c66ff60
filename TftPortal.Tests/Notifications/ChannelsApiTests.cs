using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Access.Audit;
using TftPortal.Notifications.Delivery;
using TftPortal.Tests.Access;
using TftPortal.Tests.Api;

namespace TftPortal.Tests.Notifications;

/// <summary>What an admin's program does with channels and routes over REST.</summary>
public sealed class ChannelsApiTests
{
    private static readonly (string Wish, string Fields)[] Refused =
    [
        ("""{"kind":"webhook"}""", "name,signing_secret,url"),
        ("""{"name":"x","kind":"carrier pigeon"}""", "kind"),
        ("""{"name":"x","kind":"webhook","url":"https://a:b@example.com/","signing_secret":"whsec_AAAA"}""", "signing_secret,url"),
        ("""{"name":"x","kind":"slack","url":"http://example.com/hook"}""", "url"),
        ("""{"name":"x","kind":"slack","url":"https://example.com/hook","password":"p","text_template":"{nobody}"}""", "password,text_template"),
        ("""{"name":"x","kind":"alertmanager","url":"http://am:9093/?x=1","user_name":"me"}""", "password,url"),
        ("""{"name":"x","kind":"alertmanager","url":"http://am:9093","user_name":"me","password":"by plain HTTP"}""", "password"),
        ("""{"name":"x","kind":"pagerduty","routing_key":"short"}""", "routing_key"),
        ("""{"name":"x","kind":"email","smtp_host":"mail server","smtp_port":0,"smtp_security":"none","from":"Me <me@example.com>","to":[]}""", "from,smtp_host,smtp_port,smtp_security,to"),
        ("""{"name":"x","kind":"email","smtp_host":"smtp.example.com","from":"a@example.com","to":["b@example.com\r\nBcc: c@example.com"]}""", "to"),
        ("""{"name":"x","kind":"slack","address":"https://example.com"}""", "address"),
    ];

    [Fact]
    public async Task A_channel_that_can_not_be_is_refused_with_every_field_that_is_wrong()
    {
        var log = new LogBook();
        await using var portal = await ATellingPortal.StartAsync();
        portal.Hear(log);
        await portal.ChannelAsync($$"""{"name":"plain","kind":"webhook","url":"http://hook.example.com/secret","signing_secret":"{{ATellingPortal.SigningSecret}}"}""");
        Assert.Contains(log.All, line => line.Contains("The channel plain sends to http://hook.example.com by plain HTTP", StringComparison.Ordinal));
        foreach (var (wish, fields) in Refused)
        {
            using var answer = await portal.Portal.SendAsync(HttpMethod.Post, "/api/channels", portal.Portal.Admin, wish);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Equal(fields, string.Join(',', (await RunningPortal.JsonOf(answer)).GetProperty("detail").EnumerateArray().Select(fault => fault.GetProperty("loc")[1].GetString()).Distinct().Order(StringComparer.Ordinal)));
        }
    }

    [Fact]
    public async Task A_secret_is_kept_when_a_change_does_not_say_it_but_a_password_never_goes_elsewhere_than_before()
    {
        await using var receiver = await AReceiver.StartAsync();
        await using var portal = await ATellingPortal.StartAsync();
        var hook = await portal.WebhookAsync("ops", receiver);
        var changed = await portal.AskAsync(HttpMethod.Put, $"/{hook}", """{"name":"ops, renamed","kind":"webhook"}""");
        Assert.Equal(("ops, renamed", receiver.Address.TrimEnd('/')), (changed.GetProperty("name").GetString(), changed.GetProperty("url").GetString()));
        Assert.True((await portal.AskAsync(HttpMethod.Post, $"/{hook}/test")).GetProperty("delivered").GetBoolean());

        var alertmanager = await portal.ChannelAsync($$"""{"name":"am","kind":"alertmanager","url":"{{receiver.Address}}","user_name":"tft","password":"am-password"}""");
        await portal.AskAsync(HttpMethod.Put, $"/{alertmanager}", $$"""{"name":"am","kind":"alertmanager","url":"{{receiver.Address}}","user_name":"tft"}""");
        using var stolen = await portal.Portal.SendAsync(HttpMethod.Put, $"/api/channels/{alertmanager}", portal.Portal.Admin, """{"name":"am","kind":"alertmanager","url":"https://thief.example","user_name":"tft"}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stolen.StatusCode);
        Assert.Contains("kept only while the user and the address stay the same", await stolen.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Every_act_stands_in_the_audit_and_a_channel_that_a_route_sends_to_is_not_deleted()
    {
        await using var receiver = await AReceiver.StartAsync();
        await using var portal = await ATellingPortal.StartAsync();
        var channel = await portal.WebhookAsync("ops", receiver);
        var route = await portal.RouteAsync(channel);
        using (var refused = await portal.Portal.SendAsync(HttpMethod.Delete, $"/api/channels/{channel}", portal.Portal.Admin)) Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        using (var twin = await portal.Portal.SendAsync(HttpMethod.Post, "/api/channels", portal.Portal.Admin, $$"""{"name":"ops","kind":"slack","url":"{{receiver.Address}}"}""")) Assert.Equal(HttpStatusCode.Conflict, twin.StatusCode);
        using (var nowhere = await portal.Portal.SendAsync(HttpMethod.Post, "/api/channels/routes", portal.Portal.Admin, """{"name":"r","channel_id":"nobody","kinds":["portal"]}""")) Assert.Equal(HttpStatusCode.UnprocessableEntity, nowhere.StatusCode);
        await portal.AskAsync(HttpMethod.Post, $"/{channel}/test");
        await portal.AskAsync(HttpMethod.Put, $"/{channel}", """{"name":"ops","kind":"webhook","enabled":false}""");
        await portal.AskAsync(HttpMethod.Delete, $"/routes/{route}");
        await portal.AskAsync(HttpMethod.Delete, $"/{channel}");
        var acts = await portal.Services.GetRequiredService<AuditLog>().ReadAsync(AuditFilter.Everything, null, 100, TestContext.Current.CancellationToken);
        Assert.Equal(["channel.created", "route.created", "channel.tested", "channel.changed", "route.deleted", "channel.deleted"], acts.Reverse().Select(act => act.Action).Where(act => !act.StartsWith("key.", StringComparison.Ordinal)));
        Assert.All(acts.Where(act => !act.Action.StartsWith("key.", StringComparison.Ordinal)), act => Assert.EndsWith("(boss)", act.Actor));
    }

    [Fact]
    public async Task Deliveries_are_counted_for_Prometheus()
    {
        await using var receiver = await AReceiver.StartAsync();
        await using var portal = await ATellingPortal.StartAsync(null, "--Notifications:GiveUpMinutes=1");
        var (key, _) = await portal.Portal.MakeAsync("prometheus", TftPortal.Access.ApiKeys.ApiScopes.Read);
        using var counted = new ACount(portal.Services.GetRequiredService<IMeterFactory>());
        var (good, bad) = (await portal.WebhookAsync("good", receiver), await portal.ChannelAsync("""{"name":"bad","kind":"slack","url":"http://127.0.0.1:9/"}"""));
        await portal.RouteAsync(good);
        await portal.RouteAsync(bad);
        portal.Show(new ATrouble("web-01"));
        await portal.UntilAsync(() => counted["tft.notifications.given_up slack"] == 1 && counted["tft.notifications.sent webhook"] == 1);
        await portal.UntilAsync(() => counted["tft.notifications.dead"] == 1);
        Assert.InRange(counted["tft.notifications.failed slack"], 3, 9);
        Assert.Equal((0, 1), (counted["tft.notifications.queued"], counted["tft.notifications.channels_failing"]));

        using var answer = await portal.Portal.SendAsync(HttpMethod.Get, "/metrics", key);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        foreach (var (name, kind) in new[] { ("sent_total", "counter"), ("failed_total", "counter"), ("given_up_total", "counter"), ("queued", "gauge"), ("dead", "gauge"), ("channels_failing", "gauge") })
            Assert.Contains($"# TYPE tft_notifications_{name} {kind}\n", text, StringComparison.Ordinal);
    }
}
