using System.Net;
using System.Text;
using TftPortal.Tests.Golden;

namespace TftPortal.Tests.Api;

/// <summary>What the old daemon answered, this one answers: byte for byte where the contract says so.</summary>
public sealed class ContractTests(ContractTests.OnePortal one) : IClassFixture<ContractTests.OnePortal>
{
    /// <summary>A portal for all questions of this class: none of them leaves anything behind, and they are fewer than a minute's limits.</summary>
    public sealed class OnePortal : IAsyncLifetime
    {
        internal RunningPortal Portal { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Portal = await RunningPortal.StartAsync("--RateLimits:FeedPerMinute=1000", "--RateLimits:ReadPerMinute=1000", "--RateLimits:WrongKeysPerMinute=1000");

        public ValueTask DisposeAsync() => Portal.DisposeAsync();
    }

    [Theory]
    [InlineData("feed-empty-batch.response.http", """{"records":[]}""", "application/json")]
    [InlineData("feed-no-content-type.response.http", """{"records":[]}""", null)]
    [InlineData("feed-empty-body.response.http", "", "application/json")]
    [InlineData("feed-malformed-json.response.http", """{"records":[{"a":1},""", "application/json")]
    [InlineData("feed-nokey-malformed.response.http", "{bad", "application/json")]
    [InlineData("feed-missing-records.response.http", "{}", "application/json")]
    [InlineData("feed-record-not-object.response.http", """{"records":[1,"x",null]}""", "application/json")]
    [InlineData("feed-records-not-list.response.http", """{"records":{"a":1}}""", "application/json")]
    [InlineData("feed-records-null.response.http", """{"records":null}""", "application/json")]
    [InlineData("feed-toplevel-array.response.http", """[{"records":[]}]""", "application/json")]
    public async Task A_batch_that_can_not_be_read_is_answered_as_before(string captured, string body, string? contentType)
    {
        var portal = one.Portal;
        await CapturedAnswer.Read(captured).IsAsync(await portal.FeedAsync(body, contentType));
    }

    [Theory]
    [InlineData("health.response.http", "GET", "/health")]
    [InlineData("health-head.response.http", "HEAD", "/health")]
    [InlineData("root.response.http", "GET", "/")]
    [InlineData("notfound.response.http", "GET", "/nope")]
    [InlineData("feed-get.response.http", "GET", "/feed/data")]
    [InlineData("options-plain.response.http", "OPTIONS", "/feed/data")]
    [InlineData("feed-trailing-slash.response.http", "POST", "/feed/data/")]
    [InlineData("feed-nokey.response.http", "POST", "/feed/data")]
    [InlineData("generator-post-nokey.response.http", "POST", "/feed/data")]
    [InlineData("predictions-nokey.response.http", "GET", "/predictions/current")]
    [InlineData("alerts-nokey.response.http", "GET", "/alerts/active")]
    public async Task Without_a_key_the_answers_are_the_old_ones(string captured, string method, string path)
    {
        var portal = one.Portal;
        using var content = method == "POST" ? new StringContent("""{"records":[]}""", Encoding.UTF8, "application/json") : null;
        await CapturedAnswer.Read(captured).IsAsync(await portal.SendAsync(new(method), path, content, key: null));
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    [InlineData(RunningPortal.Key + "x")]
    public async Task A_wrong_key_is_refused_in_the_old_words(string key)
    {
        var portal = one.Portal;
        var answer = await portal.SendAsync(HttpMethod.Get, "/predictions/current", key: key);
        await CapturedAnswer.Read("predictions-wrongkey.response.http").IsAsync(answer);
        Assert.Empty(answer.Headers.WwwAuthenticate);
    }

    [Fact]
    public async Task Before_any_data_everything_says_so()
    {
        var portal = one.Portal;
        await CapturedAnswer.Read("edge-predictions-before-data.response.txt").IsAsync(await portal.GetAsync("/predictions/current"));
        var alerts = await RunningPortal.JsonOf(await portal.GetAsync("/alerts/active"));
        Assert.Equal(0, alerts.GetProperty("count").GetInt32());
        var status = await RunningPortal.JsonOf(await portal.GetAsync("/status"));
        Assert.Equal("Waiting for data...", status.GetProperty("warmup").GetProperty("message").GetString());
        Assert.True(status.GetProperty("running").GetBoolean());
    }

    [Theory]
    [InlineData("cors-preflight-allowed.response.http", "/feed/data", "http://localhost:8501", "POST", "content-type, X-API-Key")]
    [InlineData("cors-preflight-allowed.response.http", "/feed/data", "http://localhost:8501", "GET", "accept,Accept-Language, content-language")]
    [InlineData("cors-preflight-unknown-path.response.http", "/any/path", "http://localhost:8501", "GET", null)]
    [InlineData("cors-preflight-bad-header.response.http", "/feed/data", "http://localhost:8501", "POST", "X-Evil")]
    [InlineData("cors-preflight-bad-method.response.http", "/feed/data", "http://localhost:8501", "DELETE", null)]
    [InlineData("cors-preflight-disallowed-origin.response.http", "/feed/data", "https://evil.example", "POST", null)]
    [InlineData("cors-preflight-disallowed-origin.response.http", "/feed/data", "null", "POST", null)]
    [InlineData("cors-preflight-disallowed-origin.response.http", "/feed/data", "http://localhost:8501.evil.example", "POST", null)]
    [InlineData("cors-preflight-disallowed-origin.response.http", "/feed/data", "http://localhost:8502", "POST", null)]
    public async Task Preflights_are_answered_as_Starlette_does(string captured, string path, string origin, string method, string? headers)
    {
        var portal = one.Portal;
        (string, string)[] asked = [("Origin", origin), ("Access-Control-Request-Method", method), .. headers is null ? Array.Empty<(string, string)>() : [("Access-Control-Request-Headers", headers)]];
        await CapturedAnswer.Read(captured).IsAsync(await portal.SendAsync(HttpMethod.Options, path, key: null, headers: asked));
    }

    [Fact]
    public async Task A_preflight_that_fails_in_everything_names_everything()
    {
        var portal = one.Portal;
        var answer = await portal.SendAsync(
            HttpMethod.Options, "/feed/data", key: null, headers: [("Origin", "null"), ("Access-Control-Request-Method", "PUT"), ("Access-Control-Request-Headers", "X-Evil")]);
        Assert.Equal("Disallowed CORS origin, method, headers", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("cors-get-allowed.response.http", "GET", "/health", "http://localhost:8501")]
    [InlineData("cors-get-disallowed.response.http", "GET", "/health", "https://evil.example")]
    [InlineData("cors-403-allowed.response.http", "GET", "/predictions/current", "http://localhost:8501")]
    [InlineData("options-origin-only.response.http", "OPTIONS", "/feed/data", "http://localhost:8501")]
    public async Task Pages_of_an_allowed_origin_may_read_the_answer_and_no_others(string captured, string method, string path, string origin)
    {
        var portal = one.Portal;
        await CapturedAnswer.Read(captured).IsAsync(await portal.SendAsync(new(method), path, key: null, headers: ("Origin", origin)));
    }

    [Fact]
    public async Task A_browser_that_asks_for_the_root_is_not_given_JSON()
    {
        var portal = one.Portal;
        var answer = await portal.GetAsync("/", ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
        Assert.DoesNotContain("TFT Inference Daemon", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"records\":[{\"server_name\":\"a\",\"cpu_user_pct\":NaN}]}", "NaN is not JSON; leave a metric that has no value out: line 1 column 47 (char 46)")]
    [InlineData("{\"records\":[{\"cpu_user_pct\":-Infinity}]}", "-Infinity is not JSON; leave a metric that has no value out: line 1 column 29 (char 28)")]
    public async Task Numbers_that_are_none_are_refused_with_their_place(string body, string message)
    {
        var portal = one.Portal;
        var answer = await portal.FeedAsync(body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(message, (await RunningPortal.JsonOf(answer)).GetProperty("detail")[0].GetProperty("msg").GetString());
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_refused_and_not_stumbled_over()
    {
        var portal = one.Portal;
        var answer = await portal.FeedAsync([.. "{\"records\":[{\"server_name\":\""u8, 0xC3, 0x28, .. "\"}]}"u8]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var fault = (await RunningPortal.JsonOf(answer)).GetProperty("detail")[0];
        Assert.Equal(28, fault.GetProperty("loc")[1].GetInt32());
    }

    [Theory]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=utf-16", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=UTF-8", HttpStatusCode.OK)]
    [InlineData("application/vnd.readings+json", HttpStatusCode.OK)]
    public async Task Only_JSON_is_read(string contentType, HttpStatusCode status)
    {
        var portal = one.Portal;
        Assert.Equal(status, (await portal.FeedAsync("""{"records":[]}""", contentType)).StatusCode);
    }

    [Fact]
    public async Task The_OpenAPI_document_knows_every_endpoint_and_the_key()
    {
        var portal = one.Portal;
        var document = await RunningPortal.JsonOf(await portal.SendAsync(HttpMethod.Get, "/openapi/v1.json", key: null));
        string[] paths = [.. document.GetProperty("paths").EnumerateObject().Select(path => path.Name)];
        string[] known =
        [
            "/feed/data", "/predictions/current", "/alerts/active", "/health", "/status", "/admin/state/save", "/api/limits",
            "/api/keys", "/api/keys/{id}", "/api/keys/{id}/rotate", "/api/keys/{id}/end-grace",
            "/alerts/incidents", "/alerts/{id}/acknowledge", "/alerts/{id}/unacknowledge", "/alerts/{id}/assign", "/alerts/{id}/comment", "/alerts/{id}/mark", "/api/alerts/missed",
            "/api/alerts/silences", "/api/alerts/silences/{id}", "/api/alerts/maintenance", "/api/alerts/maintenance/{id}", "/api/alerts/rules", "/api/alerts/rules/{id}", "/api/alerts/backtests", "/api/alerts/backtests/{id}",
            "/api/channels", "/api/channels/{id}", "/api/channels/{id}/test", "/api/channels/routes", "/api/channels/routes/{id}",
            "/api/channels/deliveries", "/api/channels/deliveries/{number}", "/api/channels/deliveries/{number}/retry",
            "/history/summary", "/history/alerts", "/history/environment", "/history/server/{name}", "/history/export/{table}",
            "/explain/{server}", "/alerts/{id}/evidence", "/alerts/{id}/evidence/input", "/model/accuracy", "/model/accuracy/{server}",
        ];
        Assert.Equal(known.Order(StringComparer.Ordinal), paths.Order(StringComparer.Ordinal));
        Assert.Equal("X-API-Key", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("ApiKey").GetProperty("name").GetString());
        foreach (var schema in document.GetProperty("components").GetProperty("schemas").EnumerateObject().Where(schema => schema.Name is not ("JsonElement" or "ProblemDetails")))
        {
            Assert.True(schema.Value.TryGetProperty("description", out _), $"{schema.Name} has no description");
            foreach (var property in schema.Value.GetProperty("properties").EnumerateObject())
            {
                Assert.True(property.Value.GetRawText().Contains("\"description\"", StringComparison.Ordinal), $"{schema.Name}.{property.Name} has no description");
            }
        }
    }
}
