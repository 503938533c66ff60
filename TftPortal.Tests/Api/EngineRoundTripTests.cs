using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TftPortal.Engine.Fleet;
using TftPortal.Tests.Golden;

namespace TftPortal.Tests.Api;

public sealed class EngineRoundTripTests
{
    [Fact]
    public async Task A_day_of_the_old_generators_posts_becomes_forecasts_of_every_server()
    {
        await using var portal = await RunningPortal.StartAsync("--RateLimits:FeedPerMinute=1000");
        var records = JsonNode.Parse(CapturedAnswer.BodyOf("generator-post-healthy.request.http"))!["records"]!.AsArray();
        var start = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(24);
        JsonElement last = default;
        for (var step = 0; step < 288; step++)
        {
            foreach (var record in records) record!["timestamp"] = (start + TimeSpan.FromMinutes(5 * (step + 1))).ToString("O", CultureInfo.InvariantCulture);
            last = await RunningPortal.JsonOf(await portal.FeedAsync($$"""{"records":{{records.ToJsonString()}}}"""));
        }

        Assert.True(last.GetProperty("warmup_complete").GetBoolean());
        Assert.Equal((20, 20, 5760), (last.GetProperty("servers_tracked").GetInt32(), last.GetProperty("servers_ready").GetInt32(), last.GetProperty("window_size").GetInt32()));
        await foreach (var picture in portal.Feed.WatchAsync(TestContext.Current.CancellationToken))
        {
            if (picture.Counts.Records == 5760) break;
        }

        var answer = await RunningPortal.JsonOf(await portal.GetAsync("/predictions/current"));
        Assert.Equal(20, answer.GetProperty("predictions").EnumerateObject().Count());
        foreach (var server in answer.GetProperty("predictions").EnumerateObject())
        {
            foreach (var metric in MetricCatalog.All)
            {
                double[] Quantile(string name) => [.. server.Value.GetProperty(metric.Name).GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
                var (p10, p50, p90) = (Quantile("p10"), Quantile("p50"), Quantile("p90"));
                Assert.Equal((96, 96, 96), (p10.Length, p50.Length, p90.Length));
                for (var step = 0; step < 96; step++) Assert.True(p10[step] >= 0 && p10[step] <= p50[step] && p50[step] <= p90[step] && p90[step] <= metric.Maximum);
            }
        }
    }
}
