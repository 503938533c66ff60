using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Risk;

/// <summary>
/// Scores how near a server is to an incident, 0–100: the worst of what it shows now and of what its forecasts say, a little more where a second gauge presses too.
/// The levels (critical from 80, warning from 60, degrading from 50) are those of the daemon that this system replaces.
/// </summary>
internal sealed class RiskScorer(Watchlist watchlist, StepGrid grid)
{
    private const double CriticalFrom = 80;
    private const double WarningFrom = 60;
    private const double DegradingFrom = 50;

    private readonly int soon = Math.Clamp((int)Math.Ceiling(TimeSpan.FromMinutes(30) / grid.Length), 1, 96);

    /// <summary>Scores a server.</summary>
    /// <param name="server">As the window knew it.</param>
    /// <param name="forecast">Its forecasts.</param>
    /// <param name="now">The time.</param>
    public RiskScore Score(ServerSnapshot server, ServerForecast forecast, DateTimeOffset now)
    {
        double highest = 0, second = 0, criticalSoon = 0, criticalLater = 0, pressing = -1;
        WorstForecast? worst = null;
        List<WorstForecast>? foreseen = null;
        foreach (var watch in watchlist.For(server))
        {
            if (watch.Gauge.IsBelow) continue; // the score knows only what is too much; what is too little alerts
            var present = watch.Gauge.FreshOf(server, grid, now);
            var score = PresentSeverity(watch.Threshold, present);
            if (forecast.Of(watch.Gauge.Metric) is { } ahead)
            {
                var outlook = GaugeOutlook.Of(watch, ahead, soon);
                score = Math.Max(score, outlook.Severity);
                criticalSoon = Math.Max(criticalSoon, outlook.CriticalSoon);
                criticalLater = Math.Max(criticalLater, outlook.CriticalLater);
                var candidate = WorstOf(watch, ahead, outlook, forecast.FirstStep);
                var press = outlook.Severity + Math.Min(1, candidate.Value / candidate.Threshold);
                if (press > pressing) (pressing, worst) = (press, candidate);
                if (candidate.Probability >= RiskScore.ForeseenFrom && !(present >= candidate.Threshold)) (foreseen ??= []).Add(candidate);
            }

            (highest, second) = score > highest ? (score, highest) : (highest, Math.Max(second, score));
        }

        var value = highest + (0.1 * (100 - highest) * second / 100);
        return new(value, LevelOf(value), criticalSoon, criticalLater, worst) { Foreseen = foreseen is null ? [] : [.. foreseen.OrderBy(breach => breach.At)] };
    }

    /// <summary>What a value means by itself: 60 at the warning threshold, 80 at the critical one, 100 as far beyond as it goes (a rate: at twice the critical one).</summary>
    private static double PresentSeverity(Threshold threshold, float value)
    {
        if (float.IsNaN(value)) return 0;
        if (value < threshold.Warning) return WarningFrom * Math.Pow(value / threshold.Warning, 4);
        if (value < threshold.Critical) return WarningFrom + ((CriticalFrom - WarningFrom) * (value - threshold.Warning) / (threshold.Critical - threshold.Warning));
        var room = threshold.Critical < 100 && value <= 100 ? Math.Min(threshold.Critical, 100 - threshold.Critical) : threshold.Critical;
        return CriticalFrom + ((100 - CriticalFrom) * Math.Clamp((value - threshold.Critical) / room, 0, 1));
    }

    private WorstForecast WorstOf(Watch watch, MetricForecast forecast, GaugeOutlook outlook, DateTimeOffset firstStep)
    {
        var isCritical = outlook.CriticalLater >= 0.3;
        var threshold = isCritical ? watch.Threshold.Critical : watch.Threshold.Warning;
        var breach = Breach.Of(watch.Gauge, forecast, threshold, forecast.Steps);
        return new(watch.Gauge.Metric, breach.Value, threshold, firstStep + (breach.Step * grid.Length), isCritical ? outlook.CriticalLater : outlook.WarningLater)
        {
            Measure = watch.Gauge.Name,
            IsCritical = isCritical,
        };
    }

    private static RiskLevel LevelOf(double value) => value switch
    {
        >= CriticalFrom => RiskLevel.Critical,
        >= WarningFrom => RiskLevel.Warning,
        >= DegradingFrom => RiskLevel.Degrading,
        _ => RiskLevel.Healthy,
    };
}
