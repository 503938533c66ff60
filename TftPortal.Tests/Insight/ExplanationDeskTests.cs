using TftPortal.Engine.Fleet;
using TftPortal.Engine.Insight;

namespace TftPortal.Tests.Insight;

public class ExplanationDeskTests
{
    private static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task Eight_may_wait_and_a_ninth_is_told_to_come_back_and_is_answered_then()
    {
        var clock = new HeldClock();
        using var explainer = new AnExplainer(withModel: false, clock); // the baseline asks it for the time of a forecast
        using var desk = new ExplanationDesk(explainer.Explainer);
        var history = MetricCatalog.All.Aggregate(AHistory.Of("web-01").Steps(300), (known, metric) => known.With(metric.Metric, step => 20 + (step % 7)));
        var picture = AnOutlook.Of(1, AReading.Noon, [explainer.Outlook(history)]);

        var waiting = ExplanationDesk.Metrics.Take(ExplanationDesk.MostWaiting).Select(metric => desk.ExplainAsync(picture, picture.Servers[0], metric, Stop)).ToArray();
        await Assert.ThrowsAsync<ExplanationsBusyException>(() => desk.ExplainAsync(picture, picture.Servers[0], "load_average", Stop));
        Assert.DoesNotContain(waiting, asked => asked.IsCompleted);

        clock.Release();
        var answers = await Task.WhenAll(waiting);
        Assert.All(answers, Assert.NotNull);
        Assert.NotNull(await desk.ExplainAsync(picture, picture.Servers[0], "load_average", Stop));
    }

    [Fact]
    public async Task What_was_explained_is_remembered_while_its_forecast_stands()
    {
        using var explainer = new AnExplainer(withModel: false);
        using var desk = new ExplanationDesk(explainer.Explainer);
        var picture = AnOutlook.Of(1, AReading.Noon, [explainer.Outlook(ALeak.Of("web-01"))]);
        var next = AnOutlook.Of(2, AReading.Noon.AddMinutes(5), [explainer.Outlook(ALeak.Of("web-01"))]);

        var first = await desk.ExplainAsync(picture, picture.Servers[0], "mem_used_pct", Stop);

        Assert.Same(first, await desk.ExplainAsync(picture with { Sequence = 9 }, picture.Servers[0], "mem_used_pct", Stop));
        Assert.NotSame(first, await desk.ExplainAsync(next, next.Servers[0], "mem_used_pct", Stop));
    }

    [Fact]
    public void Without_a_metric_the_worst_alert_counts_then_the_worst_forecast()
    {
        var picture = AnOutlook.Of(new AServer("a") { Worst = new(Metric.MemUsedPercent, 70, 90, AReading.Noon, .02) }, new AServer("b") { Risk = 90, AlertOn = "disk_usage_pct" });

        Assert.Equal("mem_used_pct", ExplanationDesk.WorstOf(picture, picture.ByName["a"]));
        Assert.Equal("disk_usage_pct", ExplanationDesk.WorstOf(picture, picture.ByName["b"]));
    }

    /// <summary>A clock that keeps whoever asks it waiting until it is released.</summary>
    private sealed class HeldClock : TimeProvider
    {
        private readonly TaskCompletionSource released = new();

        public void Release() => released.SetResult();

        public override DateTimeOffset GetUtcNow()
        {
            released.Task.Wait(TimeSpan.FromSeconds(30));
            return base.GetUtcNow();
        }
    }
}
