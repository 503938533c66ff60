using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Forecasting;

/// <summary>Uptime needs no guess: it grows by a day a day. (No model tried beat that line; MODEL.md.)</summary>
internal static class UptimeForecast
{
    private const int Horizon = InputShape.Horizon;

    /// <summary>What uptime will read in each coming step, or null where the server does not send it.</summary>
    /// <param name="server">The server.</param>
    /// <param name="grid">The time grid.</param>
    /// <param name="firstStep">The first step to forecast; readings at or after it are not looked at.</param>
    public static MetricForecast? Of(ServerSnapshot server, StepGrid grid, long firstStep)
    {
        if (!TryFindLast(server, grid, firstStep, out var days, out var at)) return null;
        var quantiles = new float[Horizon * QuantileLevels.Count];
        for (var step = 0; step < Horizon; step++)
        {
            var elapsed = (firstStep + step - at) * grid.Length.TotalDays;
            quantiles.AsSpan(step * QuantileLevels.Count, QuantileLevels.Count).Fill((float)Math.Min(days + elapsed, MetricCodec.Saturation));
        }

        return MetricForecast.From(Metric.UptimeDays, ForecastSource.Computed, quantiles);
    }

    private static bool TryFindLast(ServerSnapshot server, StepGrid grid, long firstStep, out double days, out long at)
    {
        const int metric = (int)Metric.UptimeDays;
        (days, at) = (server.Latest[metric], 0);
        if (double.IsNaN(days)) return false;
        at = grid.StepOf(server.LatestAt[metric]);
        if (at < firstStep) return true; // the usual case: the exact reading

        for (var step = firstStep - 1; step >= server.History.OldestStep; step--)
        {
            var value = server.History.At(Metric.UptimeDays, step);
            if (float.IsNaN(value)) continue;
            (days, at) = (value, step);
            return true;
        }

        return true; // only readings from ahead of the first step: a host whose clock is fast
    }
}
