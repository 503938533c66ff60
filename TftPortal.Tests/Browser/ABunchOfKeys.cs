using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Records;

namespace TftPortal.Tests.Browser;

/// <summary>Keys in every state, used from everywhere, and clients at their limits: what the pages of the administration must bear.</summary>
internal static class ABunchOfKeys
{
    private static readonly KeyActor Ada = new("key aB3dE6gH (deployment)", "10.20.0.5");
    private static readonly IPAddress Host = IPAddress.Parse("10.20.0.17");

    /// <summary>What no browser breaks by itself: a page must.</summary>
    private static readonly string Unbroken = new('x', 56);

    /// <summary>Hangs them on a portal's ring.</summary>
    /// <param name="portal">The portal's services.</param>
    /// <param name="more">How many plain ones beside them.</param>
    public static async Task MakeAsync(IServiceProvider portal, int more = 0)
    {
        var stop = CancellationToken.None;
        var store = portal.GetRequiredService<KeyStore>();
        var ring = portal.GetRequiredService<KeyRing>();
        var now = TimeProvider.System.GetUtcNow();
        var agents = await MakeAsync("agents of the web servers", ApiScopes.Feed, "web-", "10.20.0.0/16");
        for (var i = 0; i < 4; i++) ring.Get(agents)!.Use.Allow(1, IPAddress.Parse($"10.20.0.{17 + i}"), "tft-agent/1.0", now.AddMinutes(-3 - i));
        var rotating = await MakeAsync("batch importer", ApiScopes.Feed);
        await store.RotateAsync(rotating, TimeSpan.FromHours(24), Ada, stop);
        var use = ring.Get(rotating)!.Use;
        use.Allow(1, IPAddress.Parse("10.20.3.9"), "importer/2.4", TimeProvider.System.GetUtcNow());
        use.Allow(1, Host, "tft-agent/1.0", TimeProvider.System.GetUtcNow());
        use.Allow(2, Host, "tft-agent/1.0", TimeProvider.System.GetUtcNow().AddMilliseconds(5));
        var dashboards = await MakeAsync("dashboards", ApiScopes.Read);
        for (var i = 0; i < 1240; i++) ring.Get(dashboards)!.Use.Allow(1, IPAddress.Parse("2001:db8:7::21"), "Mozilla/5.0 (X11; Linux x86_64) Grafana/11.2", now);
        ring.Get(dashboards)!.Use.Refuse(1, IPAddress.Parse("2001:db8:7::21"), "Mozilla/5.0 (X11; Linux x86_64) Grafana/11.2", KeyRefusal.Limit, now.AddMinutes(-9));
        await MakeAsync("deployment", ApiScopes.Admin);
        await MakeAsync("a-rather-long-name-that-no-phone-has-room-for-in-one-line-0001", ApiScopes.Feed | ApiScopes.Read);
        var soon = await MakeAsync($"report{Unbroken}", ApiScopes.Read);
        var ended = await MakeAsync($"laptop{Unbroken}", ApiScopes.Feed);
        await store.RevokeAsync(ended, Ada, stop);
        ring.Get(ended)!.Use.Refuse(1, IPAddress.Parse("203.0.113.9"), "curl/8.5", KeyRefusal.Revoked, TimeProvider.System.GetUtcNow().AddSeconds(1));
        var expired = await MakeAsync("trial", ApiScopes.Read);
        for (var i = 0; i < more; i++) await MakeAsync($"agent-{i:0000}", ApiScopes.Feed);
        await ExpireAsync(portal, soon, now.AddDays(9).AddHours(3));
        await ExpireAsync(portal, expired, now.AddDays(-2));

        var limits = portal.GetRequiredService<RateLimits>();
        for (var hit = 0; hit < 34; hit++) limits.Hit($"key:{dashboards}", "/predictions/current", 30);
        for (var hit = 0; hit < 17; hit++) limits.Hit($"key:{agents}", "/feed/data", 60);
        for (var hit = 0; hit < 25; hit++)
        {
            portal.GetRequiredService<WrongKeys>().Book.Add("203.0.113.9", WrongKeys.Route);
            limits.Hit("203.0.113.9", WrongKeys.Route, 20);
        }

        async Task<string> MakeAsync(string name, ApiScopes scopes, string? prefix = null, string? network = null) =>
            (await store.CreateAsync(new() { Name = name, Scopes = scopes, Days = 365, ServerPrefix = prefix, Networks = network is null ? [] : [IPNetwork.Parse(network)] }, Ada, stop)).Id!;
    }

    /// <summary>Gives a key another end, as time would.</summary>
    public static async Task ExpireAsync(IServiceProvider portal, string id, DateTimeOffset end)
    {
        await using var database = await portal.GetRequiredService<IDbContextFactory<PortalRecords>>().CreateDbContextAsync();
        await database.Database.ExecuteSqlAsync($"UPDATE keys SET \"ExpiresAt\" = {end.ToUnixTimeMilliseconds()} WHERE \"Id\" = {id}");
        await database.Database.ExecuteSqlRawAsync("UPDATE key_ring SET \"Version\" = \"Version\" + 1");
        await portal.GetRequiredService<KeyStore>().RefreshAsync(CancellationToken.None);
    }
}
