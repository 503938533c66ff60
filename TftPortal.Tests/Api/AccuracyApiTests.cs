using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Engine.Accuracy;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Api;

public sealed class AccuracyApiTests
{
    [Fact]
    public async Task The_scores_are_as_in_the_golden_file_and_what_can_t_be_asked_is_said()
    {
        await using var portal = await RunningPortal.StartAsync(clock: null, withEngine: false);
        portal.Feed.Publish(AnOutlook.Of(new AServer("web-01"), new AServer("web-02")));
        portal.Services.GetRequiredService<AccuracyBoard>().Show(AnAccuracy.Report(AnOutlook.Noon, ["web-01", "web-02"]));

        var answer = await JsonAsync(portal, "/model/accuracy", HttpStatusCode.OK);
        var golden = Path.Combine(AppContext.BaseDirectory, "Golden", "accuracy.json");
        Assert.Equal(await File.ReadAllTextAsync(golden, TestContext.Current.CancellationToken), JsonSerializer.Serialize(answer, Indented) + "\n");

        var past = await JsonAsync(portal, "/model/accuracy/web-01?metric=mem_used_pct", HttpStatusCode.OK);
        Assert.Equal(("mem_used_pct", 300, 0), (past.GetProperty("metric").GetString(), past.GetProperty("step_seconds").GetInt32(), past.GetProperty("forecasts").GetArrayLength()));
        Assert.Contains("Unknown server: nobody", (await JsonAsync(portal, "/model/accuracy/nobody?metric=mem_used_pct", HttpStatusCode.NotFound)).GetRawText(), StringComparison.Ordinal);
        Assert.Contains("allowed is one of cpu_user_pct, ", (await JsonAsync(portal, "/model/accuracy/web-01?metric=memory", HttpStatusCode.UnprocessableEntity)).GetRawText(), StringComparison.Ordinal);
        Assert.Contains("allowed is one of cpu_user_pct, ", (await JsonAsync(portal, "/model/accuracy/web-01", HttpStatusCode.UnprocessableEntity)).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_forecast_stands_beside_what_happened()
    {
        var fleet = new Accuracy.AScoredFleet(step => 40 + (step % 3), (_, _) => 44, past: 24).Steps(40);

        var past = TftPortal.Api.AccuracyAnswers.Of("web-01", MetricCatalog.Of(Metric.MemUsedPercent), AScoredGrid, fleet.Board.PastOf(fleet.Server.Server, Metric.MemUsedPercent));

        var hour = past.Forecasts.First(forecast => forecast.Steps == 12);
        Assert.Equal((44, "tft"), ((int)MathF.Round(hour.P50), hour.Source));
        Assert.Equal(hour.FirstStep.AddMinutes(55), hour.Time);
        Assert.InRange(hour.Happened!.Value, 39.9f, 42.1f);
        Assert.Null(past.Forecasts.Last(forecast => forecast.Steps == 96).Happened);
    }

    private static StepGrid AScoredGrid => Accuracy.AScoredFleet.Grid;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static async Task<JsonElement> JsonAsync(RunningPortal portal, string path, HttpStatusCode status)
    {
        using var answer = await portal.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == status, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
