using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Access.ApiKeys;
using TftPortal.Tests.Api;

namespace TftPortal.Tests.Access;

/// <summary>What an admin does with keys over REST, and what their holders notice of it.</summary>
public sealed class ApiKeysTests
{
    private const string WrongKey = "Invalid or missing API key. Set TFT_API_KEY environment variable.";
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task A_new_key_works_at_once_and_is_told_once()
    {
        await using var portal = await KeyedPortal.StartAsync(clock);
        var made = await portal.AdministerAsync(HttpMethod.Post, "", """{"name":"reader","scopes":["read"],"expires_in_days":30,"read_per_minute":2}""");
        var key = made.GetProperty("key").GetString()!;
        var id = made.GetProperty("record").GetProperty("id").GetString()!;

        Assert.StartsWith($"tft_{id}_", key, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await portal.ReadAsync(key)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await portal.ReadAsync(key)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await portal.ReadAsync(key)).StatusCode); // its own limit
        var listed = await portal.ListedAsync(id);
        Assert.DoesNotContain(key[13..], listed.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(("active", 30), (Text(listed, "state"), listed.GetProperty("expires_in_days").GetInt32()));
        Assert.StartsWith("key ", Text(listed, "created_by"), StringComparison.Ordinal);
        Assert.Equal((2, 1), (listed.GetProperty("requests_24h").GetInt32(), listed.GetProperty("refused_24h").GetInt32()));
        Assert.Equal(("127.0.0.1", "too often"), (Text(listed.GetProperty("last_used"), "address"), Text(listed.GetProperty("last_refused"), "reason")));
    }

    [Theory]
    [InlineData("""{"scopes":["feed"]}""", "name")]
    [InlineData("""{"name":"x"}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["feed","everything"]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":"feed"}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["feed"],"expires_in_days":731}""", "expires_in_days")]
    [InlineData("""{"name":"x","scopes":["feed"],"expires_in_days":0}""", "expires_in_days")]
    [InlineData("""{"name":"x","scopes":["feed"],"server_prefix":"we b"}""", "server_prefix")]
    [InlineData("""{"name":"x","scopes":["read"],"server_prefix":"web-"}""", "server_prefix")]
    [InlineData("""{"name":"x","scopes":["feed"],"networks":["10.0.0.1/8"]}""", "networks")]
    [InlineData("""{"name":"x","scopes":["feed"],"networks":["10"]}""", "networks")]
    [InlineData("""{"name":"x","scopes":["feed"],"feed_per_minute":0}""", "feed_per_minute")]
    [InlineData("""{"name":"x","scopes":["feed"],"expires":1}""", "expires")]
    [InlineData("""{"name":"x","name":"y","scopes":["feed"]}""", "name")]
    [InlineData("[]", "")]
    [InlineData("", "")]
    public async Task A_wish_that_cannot_be_fulfilled_is_refused_with_the_field_that_is_wrong(string wish, string field)
    {
        await using var portal = await KeyedPortal.StartAsync(clock);
        using var answer = await portal.SendAsync(HttpMethod.Post, "/api/keys", portal.Admin, wish);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(field, (await RunningPortal.JsonOf(answer)).GetProperty("detail")[0].GetProperty("loc")[1].GetString());
    }

    [Fact]
    public async Task Two_keys_that_work_cannot_have_one_name()
    {
        await using var portal = await KeyedPortal.StartAsync(clock);
        var (_, id) = await portal.MakeAsync("agent", ApiScopes.Feed);
        using var second = await portal.SendAsync(HttpMethod.Post, "/api/keys", portal.Admin, """{"name":"agent","scopes":["feed"]}""");
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        await portal.AdministerAsync(HttpMethod.Delete, $"/{id}");
        await portal.AdministerAsync(HttpMethod.Post, "", """{"name":"agent","scopes":["feed"]}""");
    }

    [Fact]
    public async Task Of_many_who_ask_for_one_name_at_once_one_gets_it()
    {
        await using var portal = await KeyedPortal.StartAsync(clock);
        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => portal.SendAsync(HttpMethod.Post, "/api/keys", portal.Admin, """{"name":"agent","scopes":["feed"]}""")));
        Assert.Single(asked, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(7, asked.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task A_key_feeds_only_its_own_servers_and_the_others_are_named()
    {
        await using var portal = await KeyedPortal.StartAsync(withEngine: true);
        var (key, _) = await portal.MakeAsync("web agents", ApiScopes.Feed, prefix: "web-");
        var mixed = await RunningPortal.JsonOf(await portal.FeedAsync(key, "web-01", "db-01", "web-02"));
        Assert.Equal((2, 1, 2), (mixed.GetProperty("records_accepted").GetInt32(), mixed.GetProperty("records_rejected").GetInt32(), mixed.GetProperty("servers_tracked").GetInt32()));
        var error = mixed.GetProperty("errors")[0];
        Assert.Equal((1, "db-01", "server_name"), (error.GetProperty("index").GetInt32(), Text(error, "server_name"), Text(error, "field")));
        Assert.Contains("begin with 'web-'", Text(error, "reason"), StringComparison.Ordinal);

        using var foreign = await portal.FeedAsync(key, "db-01", "db-02");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.StatusCode);
        Assert.Equal(2, (await RunningPortal.JsonOf(foreign)).GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task From_another_network_a_key_is_as_good_as_none()
    {
        await using var portal = await KeyedPortal.StartAsync(clock);
        var made = await portal.AdministerAsync(HttpMethod.Post, "", """{"name":"elsewhere","scopes":["read"],"networks":["192.0.2.0/24"]}""");
        using var answer = await portal.ReadAsync(Text(made, "key"));
        Assert.Equal((HttpStatusCode.Forbidden, WrongKey), (answer.StatusCode, await KeyedPortal.DetailOf(answer)));
        Assert.Equal("not from an allowed network", Text((await portal.ListedAsync(Text(made.GetProperty("record"), "id")!)).GetProperty("last_refused"), "reason"));
    }

    [Fact]
    public async Task A_revoked_key_is_refused_on_the_next_request_and_stays_visible_with_who_still_tries()
    {
        await using var portal = await KeyedPortal.StartAsync(clock);
        var (key, id) = await portal.MakeAsync("leaver", ApiScopes.Read);
        Assert.Equal(HttpStatusCode.OK, (await portal.ReadAsync(key)).StatusCode);
        await portal.AdministerAsync(HttpMethod.Delete, $"/{id}");
        using var refused = await portal.SendAsync(HttpMethod.Get, "/alerts/active", key, null, ("User-Agent", "old-script/1"));
        Assert.Equal((HttpStatusCode.Forbidden, WrongKey), (refused.StatusCode, await KeyedPortal.DetailOf(refused)));
        var listed = await portal.ListedAsync(id);
        Assert.Equal("revoked", Text(listed, "state"));
        Assert.Equal(("revoked", "old-script/1"), (Text(listed.GetProperty("last_refused"), "reason"), Text(listed.GetProperty("last_refused"), "user_agent")));
        using var rotated = await portal.SendAsync(HttpMethod.Post, $"/api/keys/{id}/rotate", portal.Admin);
        Assert.Equal(HttpStatusCode.Conflict, rotated.StatusCode);
    }

    [Fact]
    public async Task A_key_ends_on_its_day()
    {
        await using var portal = await KeyedPortal.StartAsync(clock, false, KeyedPortal.NoLimits);
        var (key, id) = await portal.MakeAsync("short", ApiScopes.Read, days: 20);
        Assert.Equal("active", Text(await portal.ListedAsync(id), "state"));
        clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal("expiring", Text(await portal.ListedAsync(id), "state"));
        Assert.Equal(HttpStatusCode.OK, (await portal.ReadAsync(key)).StatusCode);
        clock.Advance(TimeSpan.FromDays(14));
        Assert.Equal(HttpStatusCode.Forbidden, (await portal.ReadAsync(key)).StatusCode);
        var listed = await portal.ListedAsync(id);
        Assert.Equal(("expired", "expired"), (Text(listed, "state"), Text(listed.GetProperty("last_refused"), "reason")));
    }

    [Fact]
    public async Task While_a_key_rotates_both_secrets_work_and_the_list_says_who_uses_the_old_one()
    {
        await using var portal = await KeyedPortal.StartAsync(clock, false, KeyedPortal.NoLimits);
        var (old, id) = await portal.MakeAsync("agents", ApiScopes.Read);
        await portal.ReadAsync(old);
        clock.Advance(TimeSpan.FromMinutes(1));
        var fresh = Text(await portal.AdministerAsync(HttpMethod.Post, $"/{id}/rotate", """{"grace_hours":2}"""), "key");
        Assert.Empty((await portal.ListedAsync(id)).GetProperty("old_secret").GetProperty("used_since_rotation").EnumerateArray());

        Assert.Equal(HttpStatusCode.OK, (await portal.SendAsync(HttpMethod.Get, "/alerts/active", old, null, ("User-Agent", "slow-agent/1"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await portal.ReadAsync(fresh)).StatusCode);
        var listed = await portal.ListedAsync(id);
        Assert.Equal("rotating", Text(listed, "state"));
        Assert.Equal("slow-agent/1", Text(listed.GetProperty("old_secret").GetProperty("used_since_rotation").EnumerateArray().Single(), "user_agent"));

        clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(HttpStatusCode.Forbidden, (await portal.ReadAsync(old)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await portal.ReadAsync(fresh)).StatusCode); // what the old one does never harms it
        listed = await portal.ListedAsync(id);
        Assert.Equal(("active", "old secret after its grace"), (Text(listed, "state"), Text(listed.GetProperty("last_refused"), "reason")));
    }

    [Fact]
    public async Task A_rotation_within_another_is_refused_since_an_agent_would_be_cut_off()
    {
        await using var portal = await KeyedPortal.StartAsync(clock, false, KeyedPortal.NoLimits);
        var (old, id) = await portal.MakeAsync("agents", ApiScopes.Read);
        await portal.AdministerAsync(HttpMethod.Post, $"/{id}/rotate");
        using var again = await portal.SendAsync(HttpMethod.Post, $"/api/keys/{id}/rotate", portal.Admin);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await portal.ReadAsync(old)).StatusCode);
        await portal.AdministerAsync(HttpMethod.Post, $"/{id}/end-grace");
        Assert.Equal(HttpStatusCode.Forbidden, (await portal.ReadAsync(old)).StatusCode);
        for (var i = 0; i < 6; i++) await portal.AdministerAsync(HttpMethod.Post, $"/{id}/rotate", """{"grace_hours":0}""");
        using var none = await portal.SendAsync(HttpMethod.Post, $"/api/keys/{id}/end-grace", portal.Admin);
        Assert.Equal(HttpStatusCode.Conflict, none.StatusCode);
    }

    [Fact]
    public async Task A_key_in_the_query_string_is_refused_even_beside_a_valid_header()
    {
        await using var portal = await KeyedPortal.StartAsync(clock);
        var (key, id) = await portal.MakeAsync("reader", ApiScopes.Read);
        Assert.Equal(HttpStatusCode.Forbidden, (await portal.SendAsync(HttpMethod.Get, $"/alerts/active?api_key={key}", null)).StatusCode);
        foreach (var query in (string[])[$"?api_key={key}", $"?q={key}&x=1", "?API_KEY=anything", "?x-api-key="])
        {
            using var answer = await portal.SendAsync(HttpMethod.Get, $"/alerts/active{query}", key);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains("query string", await KeyedPortal.DetailOf(answer), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await portal.SendAsync(HttpMethod.Get, "/alerts/active?page=1", key)).StatusCode);
        Assert.Contains("query string", Text((await portal.ListedAsync(id)).GetProperty("last_refused"), "reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Through_the_open_door_nobody_makes_a_key()
    {
        await using var portal = await RunningPortal.StartAsync(clock, withEngine: false, "--TFT_API_KEY=", $"--Engine:ModelFolder={Path.GetTempPath()}");
        Assert.Equal(HttpStatusCode.OK, (await portal.SendAsync(HttpMethod.Get, "/alerts/active", key: null)).StatusCode);
        using var answer = await portal.SendAsync(HttpMethod.Post, "/api/keys", key: null);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("scope 'admin'", await KeyedPortal.DetailOf(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_key_closes_the_open_door_for_good()
    {
        await using var portal = await KeyedPortal.StartAsync(clock, false, KeyedPortal.NoLimits);
        Assert.Equal(HttpStatusCode.Forbidden, (await portal.ReadAsync(null)).StatusCode);
        var (_, id) = await portal.MakeAsync("x", ApiScopes.Read);
        await portal.AdministerAsync(HttpMethod.Delete, $"/{id}");
        clock.Advance(TimeSpan.FromDays(800)); // now none works
        Assert.Equal(HttpStatusCode.Forbidden, (await portal.ReadAsync(null)).StatusCode);
    }

    [Fact]
    public async Task The_environments_key_is_listed_and_left_to_the_environment()
    {
        await using var portal = await KeyedPortal.StartAsync(clock, false, "--TFT_API_KEY=from-the-environment");
        await portal.ReadAsync("from-the-environment");
        var listed = await portal.ListedAsync(ApiKey.EnvironmentId);
        Assert.Equal(("active", JsonValueKind.Null, 1), (Text(listed, "state"), listed.GetProperty("expires_at").ValueKind, listed.GetProperty("requests_24h").GetInt32()));
        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Delete, ""), (HttpMethod.Post, "/rotate"), (HttpMethod.Post, "/end-grace")])
        {
            using var answer = await portal.SendAsync(method, $"/api/keys/environment{path}", portal.Admin);
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        }
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
