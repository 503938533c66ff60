using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using CsCheck;
using TftPortal.Api.Forecasts;
using TftPortal.Engine.Fleet;
using TftPortal.Tests.Golden;

namespace TftPortal.Tests.Api;

public sealed class PredictionsTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 24, 2, 0, 10, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_of_the_old_daemon_finds_every_field_that_it_knows()
    {
        await using var portal = await WithAsync(Database("ppdb001"), Database("ppdb002"));
        var json = await RunningPortal.JsonOf(await portal.GetAsync("/predictions/current"));
        using var old = JsonDocument.Parse(await File.ReadAllTextAsync(CapturedAnswer.PathOf("predictions-current.shape.json"), Stop));
        AssertHas(json, old.RootElement, "predictions", "alerts", "environment", "metadata");
        AssertHas(json.GetProperty("environment"), old.RootElement.GetProperty("environment"));
        AssertHas(json.GetProperty("alerts")[0], old.RootElement.GetProperty("alerts")[0]);
        string[] metadata = ["model_type", "prediction_time", "horizon_steps", "input_points", "device"]; // model_dir told a path of the server
        AssertHas(json.GetProperty("metadata"), old.RootElement.GetProperty("metadata"), metadata);
        var server = json.GetProperty("predictions").GetProperty("ppdb001");
        foreach (var metric in old.RootElement.GetProperty("predictions").EnumerateObject().Single().Value.EnumerateObject().Where(metric => metric.Name != "java_cpu_pct"))
        {
            AssertHas(server.GetProperty(metric.Name), metric.Value);
            Assert.Equal(96, server.GetProperty(metric.Name).GetProperty("p50").GetArrayLength());
        }

        Assert.False(server.TryGetProperty("java_cpu_pct", out _)); // not sent, so not forecast
    }

    [Fact]
    public async Task Beside_its_metrics_a_server_tells_its_risk_and_who_forecast_it()
    {
        await using var portal = await WithAsync(Database("a"), Database("b") with { Source = ForecastSource.Baseline, IsSimulated = true });
        var json = await RunningPortal.JsonOf(await portal.GetAsync("/predictions/current"));
        var (a, b) = (json.GetProperty("predictions").GetProperty("a"), json.GetProperty("predictions").GetProperty("b"));
        Assert.Equal(62.3, a.GetProperty("risk_score").GetDouble());
        Assert.Equal("""{"level":"warning","score":62.3,"color":"#ff9900","label":"Warning"}""", a.GetProperty("alert").GetRawText());
        Assert.Equal(("database", "tft", "baseline"), (a.GetProperty("profile").GetString(), a.GetProperty("model_type").GetString(), b.GetProperty("model_type").GetString()));
        Assert.Equal("computed", a.GetProperty("uptime_days").GetProperty("source").GetString());
        Assert.False(a.GetProperty("mem_used_pct").TryGetProperty("source", out _));
        Assert.Equal(40, a.GetProperty("cpu_idle_pct").GetProperty("current").GetDouble());
        Assert.Equal("""{"current":60,"predicted":54.25,"delta":-5.75,"unit":"%"}""", a.GetProperty("display_metrics").GetProperty("cpu").GetRawText());
        Assert.True(b.GetProperty("simulated").GetBoolean());
        Assert.False(a.TryGetProperty("simulated", out _));
        Assert.Equal("mixed", json.GetProperty("metadata").GetProperty("model_type").GetString());
        Assert.Equal("2026-11-24T02:05:00+00:00", json.GetProperty("metadata").GetProperty("first_step").GetString());
        Assert.Equal("""["a","b"]""", json.GetProperty("summary").GetProperty("top_5_risks").GetRawText());
        Assert.Equal(2, json.GetProperty("summary").GetProperty("warning_count").GetInt32());
    }

    [Fact]
    public async Task A_value_that_is_not_known_now_is_null()
    {
        var server = Database("a").Build(Time);
        await using var portal = await WithAsync(AnOutlook.Of(1, Time, [server with { Server = server.Server with { Latest = server.Server.Latest.SetItem((int)Metric.SwapUsedPercent, float.NaN) } }]));
        var json = await RunningPortal.JsonOf(await portal.GetAsync("/predictions/current"));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("predictions").GetProperty("a").GetProperty("swap_used_pct").GetProperty("current").ValueKind);
    }

    [Fact]
    public async Task Each_encoding_says_the_same_under_a_tag_of_its_own_and_a_known_tag_is_304()
    {
        await using var portal = await WithAsync(Database("a"));
        var plain = await portal.GetAsync("/predictions/current");
        var gzip = await portal.GetAsync("/predictions/current", ("Accept-Encoding", "gzip, deflate"));
        var brotli = await portal.GetAsync("/predictions/current", ("Accept-Encoding", "gzip, br"));
        Assert.Equal(3, new[] { plain, gzip, brotli }.Select(answer => answer.Headers.ETag!.Tag).Distinct(StringComparer.Ordinal).Count());
        Assert.All([plain, gzip, brotli], answer => Assert.Equal("Accept-Encoding", answer.Headers.Vary.Single()));
        var text = await plain.Content.ReadAsStringAsync(Stop);
        Assert.Equal(text, await new StreamReader(new GZipStream(await gzip.Content.ReadAsStreamAsync(Stop), CompressionMode.Decompress)).ReadToEndAsync(Stop));
        Assert.Equal(text, await new StreamReader(new BrotliStream(await brotli.Content.ReadAsStreamAsync(Stop), CompressionMode.Decompress)).ReadToEndAsync(Stop));
        var again = await portal.GetAsync("/predictions/current", ("If-None-Match", plain.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await portal.GetAsync("/predictions/current", ("If-None-Match", gzip.Headers.ETag!.Tag))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await portal.GetAsync("/predictions/current", ("If-None-Match", gzip.Headers.ETag.Tag), ("Accept-Encoding", "gzip;q=0"))).StatusCode);
    }

    [Fact]
    public async Task A_newer_picture_has_another_tag()
    {
        await using var portal = await WithAsync(Database("a"));
        var tag = (await portal.GetAsync("/predictions/current")).Headers.ETag!.Tag;
        portal.Feed.Publish(AnOutlook.Of(2, Time, Database("a")));
        Assert.Equal(HttpStatusCode.OK, (await portal.GetAsync("/predictions/current", ("If-None-Match", tag))).StatusCode);
    }

    [Fact]
    public async Task An_answer_can_be_narrowed_to_servers_and_metrics()
    {
        await using var portal = await WithAsync(Database("a"), Database("b"), Database("c"));
        var answer = await portal.GetAsync("/predictions/current?server=c&server=a&metric=load_average&metric=cpu_idle_pct");
        var json = await RunningPortal.JsonOf(answer);
        Assert.Equal(["a", "c"], json.GetProperty("predictions").EnumerateObject().Select(server => server.Name));
        var metrics = json.GetProperty("predictions").GetProperty("a").EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.Object && field.Value.TryGetProperty("p50", out _));
        Assert.Equal(["cpu_idle_pct", "load_average"], metrics.Select(metric => metric.Name));
        Assert.Equal(["a", "c"], json.GetProperty("alerts").EnumerateArray().Select(alert => alert.GetProperty("server").GetString()!));
        Assert.Equal(3, json.GetProperty("summary").GetProperty("total_servers").GetInt32());
        Assert.NotEqual(answer.Headers.ETag, (await portal.GetAsync("/predictions/current?server=a")).Headers.ETag);
        var withoutAlerts = await RunningPortal.JsonOf(await portal.GetAsync("/predictions/current?metric=mem_used_pct"));
        Assert.Equal(0, withoutAlerts.GetProperty("alerts").GetArrayLength());
    }

    [Fact]
    public async Task Names_that_are_not_there_are_said()
    {
        await using var portal = await WithAsync(Database("a"));
        var server = await portal.GetAsync("/predictions/current?server=a&server=zz%22");
        Assert.Equal(HttpStatusCode.NotFound, server.StatusCode);
        Assert.Equal("Unknown server: zz\"", (await RunningPortal.JsonOf(server)).GetProperty("detail").GetString());
        var metric = await portal.GetAsync("/predictions/current?metric=cpu");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, metric.StatusCode);
        Assert.Contains("mem_used_pct", await metric.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_too_few_readings_the_answer_is_the_old_one()
    {
        await using var portal = await RunningPortal.StartAsync(clock: null, withEngine: false);
        portal.Feed.Report(new(1, 20, 20, 0, 1, 12));
        await CapturedAnswer.Read("edge-predictions-insufficient.response.txt").IsAsync(await portal.GetAsync("/predictions/current"));
    }

    [Fact]
    public async Task When_forecasting_fails_the_answer_is_503_and_not_an_empty_200()
    {
        await using var portal = await RunningPortal.StartAsync(clock: null, withEngine: false);
        portal.Feed.Report(new(9, 600, 20, 20, 30, 12));
        portal.Feed.Fail(new(Time, "a secret path"));
        var answer = await portal.GetAsync("/predictions/current");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_right_after_the_first_readings_waits_for_their_picture()
    {
        await using var portal = await RunningPortal.StartAsync(clock: null, withEngine: false);
        portal.Feed.Report(new(9, 600, 1, 1, 30, 12));
        var asking = portal.GetAsync("/predictions/current");
        while (portal.Feed.Watchers == 0 && !asking.IsCompleted) await Task.Yield();
        portal.Feed.Publish(AnOutlook.Of(1, Time, Database("a")));
        Assert.Equal(HttpStatusCode.OK, (await asking).StatusCode);
    }

    [Fact]
    public void A_server_that_did_not_change_is_not_written_again()
    {
        var (a, b) = (Database("a").Build(Time), Database("b").Build(Time));
        var first = PredictionsDocument.Write(AnOutlook.Of(1, Time, [a, b]), null, TimeZoneInfo.Utc, "run");
        var second = PredictionsDocument.Write(AnOutlook.Of(2, Time, [Database("a").Build(Time.AddSeconds(30)), b]), first, TimeZoneInfo.Utc, "run");
        Assert.True(second.SharesPiece(first, "b"));
        Assert.False(second.SharesPiece(first, "a"));
    }

    [Fact]
    public async Task The_old_daemons_times_are_local_and_without_an_offset_and_ours_are_in_UTC()
    {
        await using var portal = await WithAsync(Database("a"));
        var alerts = await RunningPortal.JsonOf(await portal.GetAsync("/alerts/active"));
        Assert.Equal(1, alerts.GetProperty("count").GetInt32());
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}$", alerts.GetProperty("timestamp").GetString());
        Assert.Equal("2026-11-24T02:30:10+00:00", alerts.GetProperty("alerts")[0].GetProperty("breach_at").GetString());
        Assert.Equal("warning", alerts.GetProperty("alerts")[0].GetProperty("severity").GetString());
    }

    [Fact]
    public void Numbers_are_short_near_and_in_order() =>
        Gen.Float[0, 1e6f].Select(Gen.Float[0, 150]).Sample(
            (large, small) =>
            {
                var (writtenLarge, writtenSmall) = (Written(large), Written(small));
                var isNear = Math.Abs(writtenLarge - large) <= (Math.Max(large, 0.1) * 0.0006) && Math.Abs(writtenSmall - small) <= (Math.Max(small, 0.1) * 0.0006);
                return isNear && (large <= small ? writtenLarge <= writtenSmall : writtenLarge >= writtenSmall);
            },
            iter: 50_000);

    [Theory]
    [InlineData(0, "0")]
    [InlineData(100, "100")]
    [InlineData(99.996f, "100")]
    [InlineData(36.21f, "36.21")]
    [InlineData(0.05f, "0.05")]
    [InlineData(1234.56f, "1234.6")]
    [InlineData(1e9f, "1000000000")]
    public void A_number_is_written_without_what_it_does_not_need(float value, string text)
    {
        var buffer = new byte[ShortNumber.MaxLength];
        Assert.Equal(text, Encoding.ASCII.GetString(buffer, 0, ShortNumber.Write(buffer, value)));
    }

    private static double Written(float value)
    {
        Span<byte> text = stackalloc byte[ShortNumber.MaxLength];
        return double.Parse(text[..ShortNumber.Write(text, value)], CultureInfo.InvariantCulture);
    }

    /// <summary>A database at warning that runs no Java.</summary>
    private static AServer Database(string name) => new AServer(name) { Risk = 62.34, Profile = ServerProfile.Database, Absent = [Metric.JavaCpuPercent], AlertOn = "cpu_used_pct" }.With(Metric.CpuIdlePercent, 40);

    private static Task<RunningPortal> WithAsync(params AServer[] servers) => WithAsync(AnOutlook.Of(1, Time, servers));

    private static async Task<RunningPortal> WithAsync(FleetOutlook picture)
    {
        var portal = await RunningPortal.StartAsync(clock: null, withEngine: false);
        portal.Feed.Report(picture.Counts);
        portal.Feed.Publish(picture);
        return portal;
    }

    private static void AssertHas(JsonElement answer, JsonElement old, params string[] fields)
    {
        var wanted = fields.Length > 0 ? fields : [.. old.EnumerateObject().Select(field => field.Name)];
        Assert.Empty(wanted.Except(answer.EnumerateObject().Select(field => field.Name), StringComparer.Ordinal));
    }
}
