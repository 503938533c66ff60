using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Audit;
using TftPortal.Engine.Alerts;
using TftPortal.Owning;
using TftPortal.Tests.Access;

namespace TftPortal.Tests.Api;

/// <summary>Alerts owned by programs: over real HTTP, with an admin's key.</summary>
public sealed class OwningTests(OwningTests.Portal shared) : IClassFixture<OwningTests.Portal>
{
    private readonly KeyedPortal portal = shared.Running;

    [Fact]
    public async Task An_alert_is_taken_assigned_commented_and_marked_and_everybody_sees_it()
    {
        var id = (await AlertAsync()).GetProperty("id").GetString();

        Assert.Equal(id, (await DoneAsync("POST", $"/alerts/{id}/acknowledge", """{"reason":"I am on it.","name":"Anna"}""")).GetProperty("id").GetString());
        await DoneAsync("POST", $"/alerts/{id}/assign", """{"to":"Ben"}""");
        await DoneAsync("POST", $"/alerts/{id}/comment", """{"comment":"A leak in the cache."}""");
        await DoneAsync("POST", $"/alerts/{id}/mark", """{"as":"false_alarm"}""");

        var alert = (await GetAsync("/alerts/active")).GetProperty("alerts")[0];
        Assert.StartsWith("Anna by key ", alert.GetProperty("acknowledged_by").GetString(), StringComparison.Ordinal);
        Assert.Equal(("I am on it.", "Ben", true), (alert.GetProperty("acknowledge_reason").GetString(), alert.GetProperty("assigned_to").GetString(), alert.GetProperty("false_alarm").GetBoolean()));
        Assert.NotEqual(JsonValueKind.Null, alert.GetProperty("acknowledged_at").ValueKind);
        var incident = Assert.Single((await GetAsync("/alerts/incidents")).GetProperty("incidents").EnumerateArray());
        Assert.Equal((alert.GetProperty("incident_id").GetString(), id), (incident.GetProperty("id").GetString(), incident.GetProperty("alerts")[0].GetString()));

        await DoneAsync("POST", $"/alerts/{id}/unacknowledge");
        await DoneAsync("POST", $"/alerts/{id}/assign", "{}");
        await DoneAsync("POST", $"/alerts/{id}/mark", """{"as":"real"}""");
        alert = (await GetAsync("/alerts/active")).GetProperty("alerts")[0];
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, false), (alert.GetProperty("acknowledged_by").ValueKind, alert.GetProperty("assigned_to").ValueKind, alert.GetProperty("false_alarm").GetBoolean()));

        var audit = await portal.Services.GetRequiredService<AuditLog>().ReadAsync(new() { Action = "alert." }, null, 20, TestContext.Current.CancellationToken);
        Assert.Equal(["alert.real_alarm", "alert.unassigned", "alert.unacknowledged", "alert.false_alarm", "alert.commented", "alert.assigned", "alert.acknowledged"], audit.Select(entry => entry.Action));
        Assert.All(audit, entry => Assert.Equal($"web-01 mem_used_pct ({id})", entry.Subject));
    }

    [Fact]
    public async Task What_somebody_ordered_who_has_gone_meanwhile_is_done_and_stands_in_the_audit()
    {
        using var gone = new CancellationTokenSource();
        var servers = $"gone-{Guid.NewGuid():N}";
        var ordered = portal.Services.GetRequiredService<AuditedOrders>().SubmitAsync(new SilenceOrder(servers, null, TimeProvider.System.GetUtcNow().AddHours(1), "A test.", "a test"), KeyedPortal.Tester, gone.Token);
        await gone.CancelAsync();

        Assert.True((await ordered).IsDone);
        Assert.Contains(await portal.Services.GetRequiredService<AuditLog>().ReadAsync(new() { Action = "silence.made" }, null, 20, TestContext.Current.CancellationToken), entry => entry.Subject.StartsWith(servers, StringComparison.Ordinal));
        await DoneAsync("DELETE", $"/api/alerts/silences/{(await ordered).Id}");
    }

    [Fact]
    public async Task Silences_and_windows_are_made_listed_and_ended()
    {
        await AlertAsync();
        var silence = (await DoneAsync("POST", "/api/alerts/silences", """{"servers":"web-*","metric":"mem_used_pct","minutes":90,"reason":"We know."}""", HttpStatusCode.Created)).GetProperty("id").GetString();
        var alert = (await GetAsync("/alerts/active")).GetProperty("alerts")[0];
        Assert.NotEqual(JsonValueKind.Null, alert.GetProperty("silenced_until").ValueKind);
        var listed = (await GetAsync("/api/alerts/silences")).GetProperty("silences").EnumerateArray().Single(one => one.GetProperty("id").GetString() == silence); // other tests of this portal have theirs
        Assert.Equal((silence, "We know.", true), (listed.GetProperty("id").GetString(), listed.GetProperty("reason").GetString(), listed.GetProperty("is_on").GetBoolean()));
        await DoneAsync("DELETE", $"/api/alerts/silences/{silence}");
        Assert.Equal(JsonValueKind.Null, (await GetAsync("/alerts/active")).GetProperty("alerts")[0].GetProperty("silenced_until").ValueKind);

        var start = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1).ToString("s", CultureInfo.InvariantCulture);
        var window = (await DoneAsync("POST", "/api/alerts/maintenance", $$"""{"name":"patching","servers":"*","start":"{{start}}","duration_minutes":120,"rule":"FREQ=WEEKLY","time_zone":"UTC"}""", HttpStatusCode.Created)).GetProperty("id").GetString();
        Assert.Equal("patching", (await GetAsync("/alerts/active")).GetProperty("alerts")[0].GetProperty("maintenance").GetString());
        await DoneAsync("PUT", $"/api/alerts/maintenance/{window}", $$"""{"name":"patching","servers":"db-*","start":"{{start}}","duration_minutes":120}""");
        var shown = (await GetAsync("/api/alerts/maintenance")).GetProperty("maintenance").EnumerateArray().Single(one => one.GetProperty("id").GetString() == window);
        Assert.Equal(("db-*", "", true), (shown.GetProperty("servers").GetString(), shown.GetProperty("rule").GetString(), shown.GetProperty("is_on").GetBoolean()));
        await DoneAsync("DELETE", $"/api/alerts/maintenance/{window}");
        Assert.DoesNotContain((await GetAsync("/api/alerts/maintenance")).GetProperty("maintenance").EnumerateArray(), one => one.GetProperty("id").GetString() == window);
    }

    [Fact]
    public async Task A_rule_is_made_and_the_list_says_what_holds_for_a_server_and_why()
    {
        var rule = (await DoneAsync("POST", "/api/alerts/rules", """{"name":"caches","metric":"mem_used_pct","servers":"cache-*","warning":97,"critical":99,"quiet_hours":{"from":"22:00","until":"06:00","time_zone":"Europe/Berlin"}}""", HttpStatusCode.Created)).GetProperty("id").GetString();

        var list = await GetAsync("/api/alerts/rules?server=cache-01");
        var applied = list.GetProperty("applied").EnumerateArray().Single(one => one.GetProperty("metric").GetString() == "mem_used_pct");
        Assert.Equal(("97", "caches, default"), (applied.GetProperty("warning").GetRawText(), string.Join(", ", applied.GetProperty("from").EnumerateArray())));
        Assert.Equal("admin", list.GetProperty("rules").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "caches").GetProperty("origin").GetString());
        await DoneAsync("PUT", $"/api/alerts/rules/{rule}", """{"name":"caches","metric":"mem_used_pct","servers":"cache-*","is_watched":false}""");
        Assert.DoesNotContain((await GetAsync("/api/alerts/rules?server=cache-01")).GetProperty("applied").EnumerateArray(), one => one.GetProperty("metric").GetString() == "mem_used_pct");
        await DoneAsync("DELETE", $"/api/alerts/rules/{rule}");
        Assert.Equal(HttpStatusCode.NotFound, (await portal.SendAsync(HttpMethod.Delete, $"/api/alerts/rules/{rule}", portal.Admin)).StatusCode);
    }

    [Theory]
    [InlineData("POST", "/alerts/{alert}/acknowledge", "{}", "reason", "\"\" is no reason; allowed are 1 to 1000 characters that can be seen")]
    [InlineData("POST", "/alerts/{alert}/mark", """{"as":"maybe"}""", "as", "\"maybe\" is no mark; allowed are false_alarm and real")]
    [InlineData("POST", "/alerts/{alert}/comment", """{"coment":"?"}""", "coment", "not a AlertComment in JSON, as the OpenAPI document has it; unknown and repeated fields are refused")]
    [InlineData("POST", "/api/alerts/silences", """{"servers":"web 1","minutes":5,"reason":"x"}""", "servers", "\"web 1\" names no servers; allowed are 1 to 253 of A–Z, a–z, 0–9, '.', '_', ':', '-', and '*' for any letters")]
    [InlineData("POST", "/api/alerts/maintenance", """{"name":"x","servers":"*","start":"2026-03-01T02:00:00","duration_minutes":60,"rule":"FREQ=SECONDLY"}""", "rule", "\"FREQ=SECONDLY\" comes too often; allowed are FREQ=DAILY, WEEKLY, MONTHLY and YEARLY, without BYMINUTE and BYSECOND")]
    [InlineData("POST", "/api/alerts/maintenance", """{"name":"x","servers":"*","start":"2026-03-01T02:00:00Z","duration_minutes":60}""", "start", "it has an offset; allowed is")]
    [InlineData("POST", "/api/alerts/maintenance", """{"name":"x","servers":"*","start":"2026-03-01T02:00:00+02:00","duration_minutes":60}""", "start", "it has an offset; allowed is")]
    [InlineData("POST", "/api/alerts/rules", """{"name":"x","metric":"mem_used_pct","warning":90,"critical":80}""", "critical", "80 is out of range; allowed is at least the warning, 90")]
    [InlineData("POST", "/api/alerts/rules", """{"name":"x","metric":"mem_used_pct","warning":90,"critical":80,"direction":"down"}""", "direction", "\"down\" is no direction; allowed are above and below")]
    [InlineData("POST", "/api/alerts/missed", """{"server":"web-01","metric":"cpu","at":"2020-01-01T00:00:00Z"}""", "metric", "\"cpu\" is no measure; allowed are cpu_used_pct, cpu_user_pct")]
    public async Task What_makes_no_sense_is_answered_with_field_value_and_what_is_allowed(string method, string path, string body, string field, string reason)
    {
        using var answer = await portal.SendAsync(new(method), path.Replace("{alert}", Guid.Empty.ToString(), StringComparison.Ordinal), portal.Admin, body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var fault = (await RunningPortal.JsonOf(answer)).GetProperty("detail")[0];
        Assert.Equal(field, fault.GetProperty("loc")[1].GetString());
        Assert.StartsWith(reason, fault.GetProperty("msg").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/alerts/nosuchid/acknowledge")]
    [InlineData("/alerts/01890000-0000-7000-8000-000000000000/acknowledge")]
    public async Task An_alert_that_is_not_there_is_answered_404(string path)
    {
        using var answer = await portal.SendAsync(HttpMethod.Post, path, portal.Admin, """{"reason":"?"}""");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.StartsWith("There is no alert ", await KeyedPortal.DetailOf(answer), StringComparison.Ordinal);
    }

    private async Task<JsonElement> AlertAsync()
    {
        using (await portal.SendAsync(HttpMethod.Post, "/feed/data", shared.Feed, $$"""{"records":[{"timestamp":"{{TimeProvider.System.GetUtcNow():O}}","server_name":"web-01","mem_used_pct":99}]}""")) { }
        await KeyedPortal.EventuallyAsync(async () => (await GetAsync("/alerts/active")).GetProperty("count").GetInt32() == 1);
        return (await GetAsync("/alerts/active")).GetProperty("alerts")[0];
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await portal.SendAsync(HttpMethod.Get, path, shared.Read);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await RunningPortal.JsonOf(answer);
    }

    private async Task<JsonElement> DoneAsync(string method, string path, string? body = null, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await portal.SendAsync(new(method), path, portal.Admin, body);
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await RunningPortal.JsonOf(answer);
    }

    /// <summary>One portal for all of these tests, with a key for each scope.</summary>
    public sealed class Portal : IAsyncLifetime
    {
        internal KeyedPortal Running { get; private set; } = null!;

        internal string Read { get; private set; } = "";

        internal string Feed { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            Running = await KeyedPortal.StartAsync(null, true, KeyedPortal.NoLimits);
            Read = (await Running.MakeAsync("reads", ApiScopes.Read)).Text;
            Feed = (await Running.MakeAsync("feeds", ApiScopes.Feed)).Text;
        }

        public ValueTask DisposeAsync() => Running.DisposeAsync();
    }
}
