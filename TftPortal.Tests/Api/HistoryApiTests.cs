using System.Globalization;
using System.Net;
using System.Text.Json;
using DuckDB.NET.Data;
using TftPortal.Engine.Fleet;
using TftPortal.Tests.Builders;

namespace TftPortal.Tests.Api;

/// <summary>A portal that has recorded four hours of a server.</summary>
public sealed class RecordedPortal : IAsyncLifetime
{
    internal RunningPortal Portal { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Portal = await RunningPortal.StartAsync("--Engine:ForecastSeconds=1", "--RateLimits:ReadPerMinute=1000");
        var now = TimeProvider.System.GetUtcNow();
        var records = Enumerable.Range(1, 48).Select(step => string.Create(CultureInfo.InvariantCulture, $$"""{"timestamp":"{{now.AddMinutes(-5 * step):O}}","server_name":"web-01","mem_used_pct":{{step}},"cpu_user_pct":99,"cpu_idle_pct":1}"""));
        using var fed = await Portal.FeedAsync($$"""{"records":[{{string.Join(',', records)}}]}""");
        Assert.Equal(HttpStatusCode.OK, fed.StatusCode);
        for (var tries = 0; (await JsonAsync("/history/summary")).GetProperty("steps").GetInt32() < 48; tries++) // until the first picture is written
        {
            Assert.True(tries < 600, "The history does not come.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    internal async Task<JsonElement> JsonAsync(string path)
    {
        using var answer = await Portal.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await RunningPortal.JsonOf(answer);
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}

public sealed class HistoryApiTests(RecordedPortal recorded) : IClassFixture<RecordedPortal>
{
    [Fact]
    public async Task A_server_is_told_step_by_step_in_the_metrics_that_were_asked_for()
    {
        var past = await recorded.JsonAsync("/history/server/web-01?range=8h&metric=mem_used_pct");

        Assert.Equal(300, past.GetProperty("range").GetProperty("bucket_seconds").GetInt32());
        Assert.Equal(48, past.GetProperty("times").GetArrayLength());
        var memory = Assert.Single(past.GetProperty("metrics").EnumerateObject());
        Assert.Equal("mem_used_pct", memory.Name);
        Assert.Equal([.. Enumerable.Range(1, 48).Reverse()], memory.Value.GetProperty("mean").EnumerateArray().Select(value => (int)Math.Round(value.GetDouble())));
    }

    [Fact]
    public async Task A_metric_that_was_never_sent_is_null_and_not_zero()
    {
        var past = await recorded.JsonAsync("/history/server/web-01?range=8h&metric=swap_used_pct");

        Assert.All(past.GetProperty("metrics").GetProperty("swap_used_pct").GetProperty("mean").EnumerateArray(), value => Assert.Equal(JsonValueKind.Null, value.ValueKind));
    }

    [Fact]
    public async Task The_alerts_and_the_summary_tell_of_what_breaches()
    {
        var alerts = await recorded.JsonAsync("/history/alerts?range=1h&severity=critical&server=web-01");
        var summary = await recorded.JsonAsync("/history/summary?range=8h");

        Assert.Equal(["cpu_used_pct", "cpu_user_pct"], alerts.GetProperty("alerts").EnumerateArray().Select(alert => alert.GetProperty("metric").GetString()).Order(StringComparer.Ordinal));
        Assert.All(alerts.GetProperty("alerts").EnumerateArray(), alert => Assert.Equal((false, JsonValueKind.Null), (alert.GetProperty("predicted").GetBoolean(), alert.GetProperty("ended_at").ValueKind)));
        Assert.Equal(2, summary.GetProperty("alerts").GetProperty("missed").GetInt32());
        Assert.Equal("web-01", summary.GetProperty("top_servers")[0].GetProperty("server").GetString());
    }

    [Fact]
    public async Task The_environment_has_the_fleets_mean_of_each_metric()
    {
        var past = await recorded.JsonAsync("/history/environment?range=8h&metric=mem_used_pct");

        Assert.Equal(48, past.GetProperty("metrics").GetProperty("mem_used_pct").GetProperty("mean").GetArrayLength());
    }

    [Fact]
    public async Task A_table_is_taken_along_as_csv_and_as_parquet()
    {
        using var csv = await recorded.Portal.GetAsync("/history/export/steps?range=8h&server=web-01");
        var lines = (await csv.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd().Split('\n');
        Assert.Equal(["server", "ts", "profile", .. MetricCatalog.All.Select(metric => metric.Name), "readings", "stamp"], lines[0].Split(','));
        Assert.Equal(49, lines.Length);
        Assert.StartsWith("attachment; filename=\"tft-steps-", csv.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);

        using var parquet = await recorded.Portal.GetAsync("/history/export/steps?range=8h&format=parquet");
        using var folder = new AFolder();
        var file = folder.File("steps.parquet", await parquet.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        await using var duck = new DuckDBConnection("Data Source=:memory:");
        await duck.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = duck.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM '{file}'";
        Assert.Equal(48L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/history/summary?range=2h", "range", "30m, 1h, 8h, 1d, 1w, 1M")]
    [InlineData("/history/summary?range=1d&from=2026-01-01", "range", "either range, or from and to")]
    [InlineData("/history/summary?from=yesterday", "from", "ISO 8601")]
    [InlineData("/history/summary?from=2026-01-02&to=2026-01-01", "from", "before to")]
    [InlineData("/history/summary?to=2026-01-01", "to", "beside from")]
    [InlineData("/history/summary?from=1980-01-01", "from", "400 days")]
    [InlineData("/history/server/web-01?metric=cpu", "metric", "cpu_user_pct")]
    [InlineData("/history/alerts?take=1001", "take", "1 to 1000")]
    [InlineData("/history/alerts?skip=-1", "skip", "0 to")]
    [InlineData("/history/alerts?severity=bad", "severity", "critical or warning")]
    [InlineData("/history/export/steps?format=xlsx", "format", "csv or parquet")]
    public async Task A_question_that_is_wrong_is_told_which_parameter_and_what_is_allowed(string path, string parameter, string allowed)
    {
        using var answer = await recorded.Portal.GetAsync(path);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var fault = (await RunningPortal.JsonOf(answer)).GetProperty("detail")[0];
        Assert.Equal(["query", parameter], fault.GetProperty("loc").EnumerateArray().Select(part => part.GetString()));
        Assert.Contains(allowed, fault.GetProperty("msg").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/history/server/nobody")]
    [InlineData("/history/export/users")]
    [InlineData("/history/export/steps;DROP")]
    public async Task What_there_is_not_is_404(string path)
    {
        using var answer = await recorded.Portal.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_name_that_would_be_SQL_is_a_name()
    {
        using var answer = await recorded.Portal.GetAsync("/history/export/steps?range=8h&server=" + Uri.EscapeDataString("x' OR '1'='1"));
        Assert.Single((await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd().Split('\n'));
    }
}
