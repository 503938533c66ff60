using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Insight;

public sealed class ExplainerTests : IDisposable
{
    private readonly AnExplainer explainer = new();

    public void Dispose() => explainer.Dispose();

    [Fact]
    public void A_leak_is_explained_in_a_sentence_with_what_would_be_had_memory_stayed_flat()
    {
        var why = explainer.Explain(ALeak.Of("web-01"), "mem_used_pct")!;
        TestContext.Current.TestOutputHelper?.WriteLine(why.Sentence);
        foreach (var held in why.Counterfactuals) TestContext.Current.TestOutputHelper?.WriteLine($"{held}");

        var flat = why.Counterfactuals[0];
        Assert.Equal(("mem_used_pct", AlertSeverity.Warning), (flat.Metric, why.Danger!.Severity));
        Assert.True(why.Danger.Probability > .5 && flat.Probability < .05, $"{why.Danger.Probability} and {flat.Probability}");
        Assert.InRange(flat.Level, 60.5, 61.5);
        Assert.InRange(flat.Since, AReading.Noon.AddHours(-15.3), AReading.Noon.AddHours(-13.3));
        Assert.True(flat.Expected.P50 < why.Expected.P50 - 15, $"{flat.Expected.P50} and {why.Expected.P50}");
        Assert.Matches(@"^Memory will (probably )?reach 90 % about 12:\d\d UTC \(\d+ %\): it has grown [12](\.\d)? %/h since 2[12]:\d\d UTC; had it stayed flat, (0|under 1|\d) %\. Without .+ it would be .+ % (lower|higher) at 12:55 UTC, the most that another metric does\. The network attends most to .+ \(\d+ %\)\.$", why.Sentence);
    }

    [Fact]
    public void Weights_and_attention_each_add_up_to_one_and_what_is_not_sent_weighs_nothing()
    {
        var why = explainer.Explain(ALeak.Of("web-01"), "mem_used_pct")!;

        Assert.Equal(ForecastSource.Tft, why.Source);
        Assert.Equal(1, why.Past.Sum(weight => weight.Share), .0001);
        Assert.Equal(1, why.Future.Sum(weight => weight.Share), .0001);
        Assert.Equal(1, why.Attention.Sum(span => span.Share) + why.AttentionAhead, .0001);
        Assert.Equal(["calendar", "cpu_idle_pct", "mem_used_pct", "swap_used_pct"], why.Past.Select(weight => weight.Variable).Order(StringComparer.Ordinal));
        Assert.Equal((AReading.Noon.AddDays(-1), AReading.Noon), (why.Attention[0].From, why.Attention[^1].To));
        Assert.All(why.Attention.Zip(why.Attention.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.All(why.Moments, moment => Assert.Equal(TimeSpan.FromHours(1), moment.To - moment.From));
    }

    [Fact]
    public void The_same_input_gives_the_same_explanation_again()
    {
        var outlook = explainer.Outlook(ALeak.Of("web-01"));
        var gauge = TftPortal.Engine.Risk.Gauge.All.Single(gauge => gauge.Name == "mem_used_pct");

        var (one, other) = (explainer.Explainer.Explain(outlook, gauge, null, AReading.Noon)!, explainer.Explainer.Explain(outlook, gauge, null, AReading.Noon)!);

        Assert.Equal(one.Past, other.Past);
        Assert.Equal(one.Attention, other.Attention);
        Assert.Equal(one.Counterfactuals, other.Counterfactuals);
        Assert.Equal(one.Sentence, other.Sentence);
    }

    [Fact]
    public void What_each_metric_did_is_told_so_that_anybody_can_check_it()
    {
        var facts = explainer.Explain(ALeak.Of("web-01"), "mem_used_pct")!.Facts.ToDictionary(fact => fact.Metric);

        var memory = facts["mem_used_pct"];
        Assert.Equal(ALeak.Memory(2015), memory.Level!.Value, .01);
        Assert.Equal(ALeak.PerHour, memory.SlopePerHour!.Value, .2);
        Assert.Equal(61, memory.Yesterday!.Value, .5);
        Assert.NotNull(memory.Since);
        Assert.Null(facts["swap_used_pct"].Since);
    }

    [Fact]
    public void What_another_metric_does_is_what_the_forecast_is_without_it_and_the_most_comes_first()
    {
        var why = explainer.Explain(ALeak.Of("web-01"), "mem_used_pct")!;
        Assert.Equal(["cpu_idle_pct", "swap_used_pct"], why.Influences.Select(influence => influence.Metric).Order(StringComparer.Ordinal));
        Assert.Equal(why.Influences.OrderByDescending(influence => influence.Size), why.Influences);
        Assert.Equal(why.Influences.Take(2).Select(influence => influence.Metric), why.Counterfactuals.Skip(1).Select(held => held.Metric));

        var without = ALeak.Of("web-01", withSwap: false);
        var other = explainer.Explain(without, "mem_used_pct")!;
        Assert.Equal(why.Expected.P50 - other.Expected.P50, why.Influences.Single(influence => influence.Metric == "swap_used_pct").Shift, .01);
    }

    [Fact]
    public void CPU_used_is_explained_from_idle_the_other_way_round()
    {
        var busy = AHistory.Of("a").Steps(2016).With(Metric.CpuIdlePercent, step => step < 1980 ? 75 + (step % 3) : 75 - ((step - 1980) * 1.6f));
        var why = explainer.Explain(busy, "cpu_used_pct")!;
        TestContext.Current.TestOutputHelper?.WriteLine(why.Sentence);

        Assert.Equal("cpu_idle_pct", why.Counterfactuals[0].Metric);
        Assert.InRange(why.Counterfactuals[0].Level, 74, 78);
        Assert.True(why.Counterfactuals[0].Probability < why.Danger!.Probability);
        Assert.Contains("it has grown ", why.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_baseline_is_explained_as_what_it_is_without_weights_that_nobody_gave()
    {
        using var plain = new AnExplainer(withModel: false);
        var why = plain.Explain(ALeak.Of("web-01"), "mem_used_pct")!;
        TestContext.Current.TestOutputHelper?.WriteLine(why.Sentence);

        Assert.Equal((ForecastSource.Baseline, "baseline-1"), (why.Source, why.ModelVersion));
        Assert.Empty(why.Past.Concat(why.Future));
        Assert.Empty(why.Influences);
        Assert.Empty(why.Attention);
        Assert.StartsWith("Forecast by statistics", why.Basis, StringComparison.Ordinal);
        Assert.Equal("mem_used_pct", Assert.Single(why.Counterfactuals).Metric);
        Assert.True(why.Counterfactuals[0].Probability < why.Danger!.Probability);
    }

    [Fact]
    public void A_metric_without_a_rule_is_explained_without_a_danger_and_one_that_is_not_sent_not_at_all()
    {
        var quiet = ALeak.Of("web-01").With(Metric.NetInMegabytesPerSecond, step => 20 + (step % 5));

        var why = explainer.Explain(quiet, "net_in_mb_s")!;
        Assert.Null(why.Danger);
        Assert.All(why.Counterfactuals, held => Assert.Null(held.Probability));
        Assert.Contains("no rule watches it", why.Sentence, StringComparison.Ordinal);
        Assert.Null(explainer.Explain(quiet, "disk_usage_pct"));
    }

    [Fact]
    public void What_is_past_its_threshold_is_told_as_that_and_asked_what_if_all_the_same()
    {
        var full = AHistory.Of("a").Steps(600).With(Metric.MemUsedPercent, step => step < 560 ? 60 : 60 + ((step - 560) * 1f));
        var why = explainer.Explain(full, "mem_used_pct")!;

        Assert.Equal((true, 1d, AlertSeverity.Critical), (why.Danger!.IsBreaching, why.Danger.Probability, why.Danger.Severity));
        Assert.StartsWith("Memory is past its threshold of 98 % now: it has grown ", why.Sentence, StringComparison.Ordinal);
        Assert.True(why.Counterfactuals[0].Probability < .5);
    }
}
