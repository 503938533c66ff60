using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Audit;
using TftPortal.Tests.Access;

namespace TftPortal.Tests.Api;

/// <summary>Rules tried on the past by programs: over real HTTP, with an admin's key.</summary>
public sealed class BacktestApiTests(BacktestApiTests.Portal shared) : IClassFixture<BacktestApiTests.Portal>
{
    private const string Path = "/api/alerts/backtests";
    private readonly KeyedPortal portal = shared.Running;

    [Fact]
    public async Task A_rule_is_tried_on_the_past_and_the_answer_says_how_right_it_would_have_been_beside_the_rules_as_they_stand()
    {
        var begun = await StartAsync("""{"rule":{"name":"caches","metric":"mem_used_pct","servers":"cache-*","warning":60,"critical":98,"raise_probability":1,"clear_probability":0.9},"range":"8h"}""");
        var done = await EndOfAsync(begun.GetProperty("id").GetString()!);

        Assert.Equal(("done", 1, 1 * (96 + 12)), (done.GetProperty("state").GetString(), done.GetProperty("server_count").GetInt32(), done.GetProperty("done").GetInt32()));
        var result = done.GetProperty("result");
        var server = Assert.Single(result.GetProperty("servers").EnumerateArray());
        Assert.Equal(("cache-01", "60"), (server.GetProperty("server").GetString(), server.GetProperty("incident_from").GetRawText()));
        Assert.Single(server.GetProperty("incidents").EnumerateArray());
        var firing = server.GetProperty("tried").EnumerateArray().First();
        Assert.Equal(("within_incident", false), (firing.GetProperty("outcome").GetString(), firing.GetProperty("predicted").GetBoolean())); // it is sure only once it is there
        Assert.Equal((1, "0"), (result.GetProperty("tried").GetProperty("onsets").GetInt32(), result.GetProperty("tried").GetProperty("recall").GetRawText()));
        Assert.Empty(server.GetProperty("today").EnumerateArray()); // 70 % is nothing to them

        var listed = (await GetAsync(Path)).GetProperty("backtests").EnumerateArray().Single(one => one.GetProperty("id").GetString() == begun.GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, listed.GetProperty("result").ValueKind);
        var audit = await portal.Services.GetRequiredService<AuditLog>().ReadAsync(new() { Action = "backtest.started" }, null, 20, TestContext.Current.CancellationToken);
        Assert.Contains(audit, entry => entry.Subject == $"caches ({begun.GetProperty("id").GetString()})" && entry.Detail.StartsWith("mem_used_pct from 60 a warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_runs_at_a_time_and_it_ends_when_it_is_cancelled()
    {
        var id = (await StartAsync("""{"rule":{"metric":"mem_used_pct","warning":60,"critical":98},"range":"1w"}""")).GetProperty("id").GetString()!;
        using (var second = await portal.SendAsync(HttpMethod.Post, Path, portal.Admin, """{"rule":{"metric":"mem_used_pct","warning":60,"critical":98}}"""))
        {
            Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
            Assert.Contains(id, await KeyedPortal.DetailOf(second), StringComparison.Ordinal);
        }

        using (var cancelled = await portal.SendAsync(HttpMethod.Delete, $"{Path}/{id}", portal.Admin)) Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
        var ended = await EndOfAsync(id);

        Assert.Equal(("cancelled", JsonValueKind.Null), (ended.GetProperty("state").GetString(), ended.GetProperty("result").ValueKind));
        using (var again = await portal.SendAsync(HttpMethod.Delete, $"{Path}/{id}", portal.Admin)) Assert.Equal((HttpStatusCode.Conflict, "It has ended already: cancelled."), (again.StatusCode, await KeyedPortal.DetailOf(again)));
        Assert.Single(await portal.Services.GetRequiredService<AuditLog>().ReadAsync(new() { Action = "backtest.cancelled" }, null, 20, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("{}", "rule", "there is none")]
    [InlineData("""{"rule":{"metric":"mem_used_pct","warning":60,"critical":50}}""", "rule.critical", "50 is out of range; allowed is at least the warning, 60")]
    [InlineData("""{"rule":{"metric":"mem_used_pct","warning":60,"critical":70,"direction":"down"}}""", "rule.direction", "\"down\" is no direction")]
    [InlineData("""{"rule":{"metric":"mem_used_pct","cycles":2},"range":"1y"}""", "range", "\"1y\" is not allowed; allowed is one of 30m, 1h")]
    [InlineData("""{"rule":{"metric":"mem_used_pct","cycles":2},"range":"30m"}""", "range", "it has 6 steps that have ended; allowed is an hour at least")]
    [InlineData("""{"rule":{"metric":"mem_used_pct","cycles":2},"from":"2001-01-01T00:00:00Z","to":"2001-01-02T00:00:00Z"}""", "servers", "nothing is kept of that time")]
    [InlineData("""{"rule":{"metric":"mem_used_pct","cycles":2},"servers":"db-*"}""", "servers", "none of the 31 servers that sent something in that time is \"db-*\"")]
    [InlineData("""{"rule":{"metric":"mem_used_pct","cycles":2},"range":"1M"}""", "range", "31 servers and 8640 steps are 268212 server-steps; allowed are 100000 (Backtest:MaxServerSteps): 11 servers over this time, or these servers over 11.2 days")]
    [InlineData("""{"rule":{"metric":"net_in_mb_s","cycles":2}}""", "rule.warning", "net_in_mb_s has no thresholds in these servers; give warning and critical")]
    [InlineData("""{"rule":{"metric":"mem_used_pct","cycles":2},"incident_from":-1}""", "incident_from", "-1 is out of range")]
    public async Task What_cannot_be_tried_is_answered_with_field_value_and_what_is_allowed(string body, string field, string reason)
    {
        using var answer = await portal.SendAsync(HttpMethod.Post, Path, portal.Admin, body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var fault = (await RunningPortal.JsonOf(answer)).GetProperty("detail")[0];
        Assert.Equal(field, fault.GetProperty("loc")[1].GetString());
        Assert.StartsWith(reason, fault.GetProperty("msg").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nosuchid")]
    [InlineData("01890000-0000-7000-8000-000000000000")]
    public async Task One_that_is_not_there_is_answered_404(string id)
    {
        using var told = await portal.SendAsync(HttpMethod.Get, $"{Path}/{id}", portal.Admin);
        using var cancelled = await portal.SendAsync(HttpMethod.Delete, $"{Path}/{id}", portal.Admin);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (told.StatusCode, cancelled.StatusCode));
        Assert.Equal($"There is no back-test {id}.", await KeyedPortal.DetailOf(told));
    }

    private async Task<JsonElement> StartAsync(string body)
    {
        using var answer = await portal.SendAsync(HttpMethod.Post, Path, portal.Admin, body);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        var begun = await RunningPortal.JsonOf(answer);
        Assert.Equal($"{Path}/{begun.GetProperty("id").GetString()}", answer.Headers.Location?.ToString());
        return begun;
    }

    private async Task<JsonElement> EndOfAsync(string id)
    {
        await KeyedPortal.EventuallyAsync(async () => (await GetAsync($"{Path}/{id}")).GetProperty("state").GetString() != "running");
        return await GetAsync($"{Path}/{id}");
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await portal.SendAsync(HttpMethod.Get, path, portal.Admin);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await RunningPortal.JsonOf(answer);
    }

    /// <summary>A portal that has a day of 31 servers: the cache's memory went up to 70 % for an hour.</summary>
    public sealed class Portal : IAsyncLifetime
    {
        internal KeyedPortal Running { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Running = await KeyedPortal.StartAsync(null, true, [.. KeyedPortal.NoLimits, "--Backtest:MaxServerSteps=100000", "--Agent:SelfMonitor=false"]);
            var feed = (await Running.MakeAsync("feeds", ApiScopes.Feed)).Text;
            var now = TimeProvider.System.GetUtcNow();
            var records = from step in Enumerable.Range(1, 288)
                          from server in Enumerable.Range(0, 31)
                          select string.Create(CultureInfo.InvariantCulture, $$"""{"timestamp":"{{now.AddMinutes(-5 * step):O}}","server_name":"{{(server == 0 ? "cache-01" : $"web-{server:00}")}}","mem_used_pct":{{(server == 0 && step is > 40 and <= 52 ? 70 : 40)}}}""");
            using var fed = await Running.SendAsync(HttpMethod.Post, "/feed/data", feed, $$"""{"records":[{{string.Join(',', records)}}]}""");
            Assert.Equal(HttpStatusCode.OK, fed.StatusCode);
            await KeyedPortal.EventuallyAsync(() => Task.FromResult(Running.Services.GetRequiredService<Engine.Publishing.OutlookFeed>().Latest.Servers.Length == 31));
        }

        public ValueTask DisposeAsync() => Running.DisposeAsync();
    }
}
