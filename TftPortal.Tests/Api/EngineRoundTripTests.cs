using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TftPortal.Engine.Fleet;
using TftPortal.Tests.Golden;

namespace TftPortal.Tests.Api;

/// <summary>The whole product with the model that it ships: readings in by HTTP, forecasts and alerts out by HTTP.</summary>
public sealed class EngineRoundTripTests
{
    private const int Day = 288;

    [Theory]
    [InlineData("healthy", 20)]
    [InlineData("degrading", 19)] // these captures have fewer servers
    [InlineData("critical", 18)]
    public async Task A_day_of_the_old_generators_posts_becomes_forecasts_of_every_server_by_the_network(string scenario, int servers)
    {
        await using var portal = await StartAsync();
        var last = await FeedDayAsync(portal, Records(scenario));

        Assert.True(last.GetProperty("warmup_complete").GetBoolean());
        Assert.Equal((servers, servers, servers * Day), (last.GetProperty("servers_tracked").GetInt32(), last.GetProperty("servers_ready").GetInt32(), last.GetProperty("window_size").GetInt32()));

        var predictions = await PredictionsAsync(portal, servers * Day);
        Assert.Equal(servers, predictions.EnumerateObject().Count());
        foreach (var server in predictions.EnumerateObject())
        {
            Assert.Equal((server.Name, "tft"), (server.Name, server.Value.GetProperty("model_type").GetString()));
            foreach (var metric in MetricCatalog.All) IsWellFormed(server.Value.GetProperty(metric.Name), metric);
        }
    }

    [Fact]
    public async Task A_record_with_a_string_for_a_number_is_refused_by_name_and_index_and_the_other_nineteen_are_forecast_on()
    {
        await using var portal = await StartAsync();
        var records = Records("healthy");
        await FeedDayAsync(portal, records);

        foreach (var record in records) record!["load_average"] = 9.5;
        records[7]!["mem_used_pct"] = "51.46";
        var broken = records[7]!["server_name"]!.GetValue<string>();
        var answer = await portal.FeedAsync(Body(records, TimeProvider.System.GetUtcNow()));
        var said = await RunningPortal.JsonOf(answer);

        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((19, 1), (said.GetProperty("records_accepted").GetInt32(), said.GetProperty("records_rejected").GetInt32()));
        var fault = Assert.Single(said.GetProperty("errors").EnumerateArray());
        Assert.Equal((7, broken, "mem_used_pct", "51.46"), (fault.GetProperty("index").GetInt32(), fault.GetProperty("server_name").GetString(), fault.GetProperty("field").GetString(), fault.GetProperty("value").GetString()));

        var predictions = await PredictionsAsync(portal, (20 * Day) + 19);
        foreach (var server in predictions.EnumerateObject())
        {
            Assert.Equal("tft", server.Value.GetProperty("model_type").GetString());
            Assert.Equal(server.Name != broken, server.Value.GetProperty("load_average").GetProperty("current").GetDouble() == 9.5);
        }
    }

    [Fact]
    public async Task A_fleet_at_its_limits_raises_critical_alerts_of_processor_memory_and_iowait_on_every_server()
    {
        await using var portal = await StartAsync();
        var records = Records("healthy");
        foreach (var record in records)
        {
            (record!["cpu_user_pct"], record["cpu_sys_pct"], record["cpu_iowait_pct"], record["cpu_idle_pct"]) = (30, 9, 60, 1);
            record["mem_used_pct"] = 99;
        }

        await FeedDayAsync(portal, records);
        await PredictionsAsync(portal, 20 * Day);
        var alerts = (await RunningPortal.JsonOf(await portal.GetAsync("/alerts/active"))).GetProperty("alerts").EnumerateArray()
            .Where(alert => alert.GetProperty("severity").GetString() == "critical")
            .ToLookup(alert => alert.GetProperty("server").GetString(), alert => alert.GetProperty("metric").GetString());

        Assert.Equal(20, alerts.Count);
        Assert.Contains(records, record => record!["profile"]!.GetValue<string>() == "database"); // their memory may be fuller than others'
        Assert.All(alerts, server => Assert.Superset(new HashSet<string?>(["cpu_used_pct", "mem_used_pct", "cpu_iowait_pct"]), server.ToHashSet(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task An_idle_fleet_with_a_hundred_megabytes_a_second_raises_no_alert()
    {
        await using var portal = await StartAsync();
        var records = Records("healthy");
        foreach (var record in records)
        {
            (record!["cpu_user_pct"], record["cpu_sys_pct"], record["cpu_iowait_pct"], record["cpu_idle_pct"]) = (1.2, .6, .2, 98);
            (record["net_in_mb_s"], record["net_out_mb_s"]) = (100, 100);
            (record["mem_used_pct"], record["swap_used_pct"], record["load_average"]) = (40, 0, .2);
        }

        await FeedDayAsync(portal, records);
        await PredictionsAsync(portal, 20 * Day);
        var alerts = await RunningPortal.JsonOf(await portal.GetAsync("/alerts/active"));

        Assert.Equal(0, alerts.GetProperty("count").GetInt32());
        Assert.Empty(alerts.GetProperty("alerts").EnumerateArray());
    }

    private static Task<RunningPortal> StartAsync() => RunningPortal.StartAsync("--RateLimits:FeedPerMinute=1000", "--Engine:ForecastSeconds=1");

    private static JsonArray Records(string scenario) => JsonNode.Parse(CapturedAnswer.BodyOf($"generator-post-{scenario}.request.http"))!["records"]!.AsArray();

    private static string Body(JsonArray records, DateTimeOffset time)
    {
        foreach (var record in records) record!["timestamp"] = time.ToString("O", CultureInfo.InvariantCulture);
        return $$"""{"records":{{records.ToJsonString()}}}""";
    }

    /// <summary>Posts the records once a 5-minute step of the last 24 hours; gives the last answer.</summary>
    private static async Task<JsonElement> FeedDayAsync(RunningPortal portal, JsonArray records)
    {
        var start = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(5 * Day);
        JsonElement last = default;
        for (var step = 0; step < Day; step++) last = await RunningPortal.JsonOf(await portal.FeedAsync(Body(records, start.AddMinutes(5 * step))));
        return last;
    }

    /// <summary>The predictions as soon as they are of a window with so many readings.</summary>
    private static async Task<JsonElement> PredictionsAsync(RunningPortal portal, int records)
    {
        await foreach (var picture in portal.Feed.WatchAsync(TestContext.Current.CancellationToken))
        {
            if (picture.Counts.Records == records) break;
        }

        return (await RunningPortal.JsonOf(await portal.GetAsync("/predictions/current"))).GetProperty("predictions");
    }

    private static void IsWellFormed(JsonElement forecast, MetricDefinition metric)
    {
        double[] Quantile(string name) => [.. forecast.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
        var (p10, p50, p90) = (Quantile("p10"), Quantile("p50"), Quantile("p90"));
        Assert.Equal((96, 96, 96), (p10.Length, p50.Length, p90.Length));
        for (var step = 0; step < 96; step++)
            Assert.True(p10[step] >= 0 && p10[step] <= p50[step] && p50[step] <= p90[step] && p90[step] <= metric.Maximum, $"{metric.Name} step {step}: {p10[step]}, {p50[step]}, {p90[step]}");
    }
}
