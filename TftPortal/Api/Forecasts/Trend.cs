using TftPortal.Engine.Fleet;

namespace TftPortal.Api.Forecasts;

/// <summary>The slope of a metric: the least-squares line through its last 24 observed steps, as the old daemon fitted it, but over the steps' own times.</summary>
internal static class Trend
{
    private const int Observations = 24;
    private const int LookBackSteps = 288;

    /// <summary>Change a step, in the metric's unit; 0 where fewer than two of the newest 288 steps were observed.</summary>
    /// <param name="history">The server's past.</param>
    /// <param name="metric">Which metric.</param>
    /// <param name="newest">The newest step.</param>
    public static double Of(ServerHistory history, Metric metric, long newest)
    {
        Span<float> values = stackalloc float[LookBackSteps];
        history.CopyTo(metric, newest - LookBackSteps + 1, values);
        double count = 0, sumX = 0, sumY = 0, sumXX = 0, sumXY = 0;
        for (var i = LookBackSteps - 1; i >= 0 && count < Observations; i--)
        {
            if (float.IsNaN(values[i])) continue;
            double x = i - LookBackSteps, y = values[i];
            count++;
            sumX += x;
            sumY += y;
            sumXX += x * x;
            sumXY += x * y;
        }

        var spread = (count * sumXX) - (sumX * sumX);
        return count < 2 || spread == 0 ? 0 : ((count * sumXY) - (sumX * sumY)) / spread;
    }
}
