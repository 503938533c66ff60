using CsCheck;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Tests.Risk;

/// <summary>The probability of a breach within hours agrees with the quantiles of its steps.</summary>
public class AnyStepTests
{
    private static readonly Gen<double[]> Steps = Gen.OneOf(Gen.Double[0, 1].Array[96], Gen.Double[0, 0.05].Array[96], Gen.Frequency((9, Gen.Const(0.0)), (1, Gen.Double[0, 1])).Array[96]);

    [Theory]
    [InlineData("mem_used_pct", Metric.MemUsedPercent)]
    [InlineData("swap_used_pct", Metric.SwapUsedPercent)]
    [InlineData("load_average", Metric.LoadAverage)]
    public void A_threshold_far_above_every_p90_is_improbable_for_all_of_eight_hours(string name, Metric metric)
    {
        Gauge.TryFind(name, out var gauge);
        var forecast = AForecast.Of("web-01").With(metric, 30, 5).Made().Of(metric)!; // p90 at 36.4, p98 at 40.3

        Assert.InRange(gauge.ProbabilityWithin(forecast, 41, 96), 0.02, 0.1);
        Assert.Equal(0, gauge.ProbabilityWithin(forecast, 50, 96));
    }

    [Fact]
    public void A_median_above_the_threshold_for_an_hour_is_more_likely_than_not_whenever_it_comes()
    {
        Gauge.TryFind("mem_used_pct", out var gauge);
        foreach (var start in (int[])[0, 5, 40, 84])
        {
            var forecast = AForecast.Of("web-01").With(Metric.MemUsedPercent, step => step >= start && step < start + 12 ? 91 : 40, 10).Made().Of(Metric.MemUsedPercent)!;
            Assert.InRange(gauge.ProbabilityWithin(forecast, 90, 96), 0.5, 1);
        }
    }

    [Fact]
    public void Eight_hours_are_never_safer_than_one_hour_of_them_nor_than_one_step() => Steps.Sample(steps =>
    {
        var all = AnyStep.Probability(steps);
        Assert.InRange(all, steps.Max(), 1);
        for (var first = 0; first < 96; first += 7) Assert.InRange(AnyStep.Probability(steps.AsSpan(first, Math.Min(AnyStep.Hour, 96 - first))), 0, all + 1e-9);
    });

    [Fact]
    public void It_never_exceeds_what_independent_steps_would_give() => Steps.Sample(steps =>
        Assert.InRange(AnyStep.Probability(steps), 0, 1 - steps.Aggregate(1.0, (none, step) => none * (1 - step)) + 1e-9));

    [Fact]
    public void One_step_is_what_it_says() => Gen.Double[0, 1].Sample(step => Assert.Equal(step, AnyStep.Probability([step]), 9));

    [Fact]
    public void The_higher_the_threshold_the_less_likely() =>
        Gen.Select(Gen.Float[0, 100], Gen.Float[0, 20], Gen.Float[1, 99], Gen.Float[0, 30], Gen.Int[1, 96]).Sample((median, spread, threshold, more, steps) =>
        {
            foreach (var (name, metric) in (( string, Metric)[])[("mem_used_pct", Metric.MemUsedPercent), ("cpu_used_pct", Metric.CpuIdlePercent), ("load_average", Metric.LoadAverage)])
            {
                Gauge.TryFind(name, out var gauge);
                var forecast = AForecast.Of("web-01").With(metric, step => Math.Clamp(median + (20 * MathF.Sin(step)), 0, 100), spread).Made().Of(metric)!;
                Assert.InRange(gauge.ProbabilityWithin(forecast, threshold + more, steps), 0, gauge.ProbabilityWithin(forecast, threshold, steps) + 1e-6);
            }
        });

    [Fact]
    public void Seven_gauges_that_hardly_threaten_do_not_make_a_threat_together()
    {
        var forecast = AForecast.Of("web-01").With(Metric.CpuIdlePercent, 40, 17).With(Metric.CpuUserPercent, 60, 17).With(Metric.MemUsedPercent, 60, 18.5f)
            .With(Metric.CpuIowaitPercent, 10, 9.7f).With(Metric.SwapUsedPercent, 20, 14.6f).With(Metric.DiskUsagePercent, 60, 17).With(Metric.LoadAverage, 5, 3.4f); // each with p98 just below critical

        var outlook = AnOutlook.Of(AReading.From("web-01").WithCpu(60), forecast);
        var risk = new RiskScorer(AnOutlook.Watchlist, AWindow.Grid).Score(outlook.Server, outlook.Forecast, AReading.Noon);

        Assert.InRange(risk.ProbabilityIn8Hours, 0.02, 0.1);
        Assert.Equal(RiskLevel.Healthy, risk.Level);
    }
}
