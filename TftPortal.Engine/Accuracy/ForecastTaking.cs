using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;

namespace TftPortal.Engine.Accuracy;

/// <summary>Keeps a forecast for its score: the network's own (also where the baseline answered in its place), the baseline's of the same moment, the last value, and what the MASE divides by. One call at a time.</summary>
internal sealed class ForecastTaking(BaselineForecaster baseline, StepGrid grid)
{
    private const int LastWithin = 12; // steps: a server that has been silent for longer is not scored
    private readonly float[] week = new float[BaselineSeries.Lookback];
    private readonly int day = (int)Math.Round(86_400.0 / grid.StepSeconds);

    /// <summary>Keeps it.</summary>
    /// <param name="track">What is kept so far.</param>
    /// <param name="server">The server as the picture shows it.</param>
    /// <param name="firstStep">The first step that the picture forecasts.</param>
    public ServerTrack Take(ServerTrack track, ServerOutlook server, long firstStep)
    {
        var number = ServerTrack.NumberOf(track.Server, firstStep);
        var slot = number % TrackLayout.Origins;
        var (codes, firsts, replaced) = ((ushort[])track.Codes.Clone(), (long[])track.Firsts.Clone(), (ushort[])track.Replaced.Clone());
        replaced[slot] = 0;
        for (var metric = 0; metric < TrackLayout.Metrics; metric++)
        {
            Clear(codes, number, metric);
            if (server.Forecast.Of((Metric)metric) is not { } answer || !TryRead(server.Server.History, (Metric)metric, firstStep, out var last, out var scale)) continue;
            var network = server.Forecast.NetworkOf((Metric)metric);
            var simple = answer.Source == ForecastSource.Baseline ? answer : baseline.Forecast(server.Server, (Metric)metric, firstStep);
            if (simple is null) continue;
            firsts[slot] = firstStep; // a silent server's is not kept
            if (network is not null && !ReferenceEquals(network, answer)) replaced[slot] |= (ushort)(1 << metric);
            codes[TrackLayout.Last(number, metric)] = MetricCodec.Encode((Metric)metric, last);
            codes[TrackLayout.Scale(number, metric)] = MetricCodec.Encode((Metric)metric, scale);
            for (var horizon = 0; horizon < TrackLayout.HorizonCount; horizon++)
            {
                if (network is not null) Write(codes, TrackLayout.Network(horizon, number, metric), network, horizon);
                Write(codes, TrackLayout.Baseline(horizon, number, metric), simple, horizon);
            }
        }

        var taken = track with { Codes = codes, Firsts = firsts, Replaced = replaced, Newest = number };
        return taken with { NextStep = taken.NextAfter(track.ScoredTo) };
    }

    /// <summary>The last value of the hour before, and the mean of |y(t) − y(t − a day)| over the week before; NaN without a day.</summary>
    private bool TryRead(ServerHistory history, Metric metric, long firstStep, out float last, out float scale)
    {
        history.CopyTo(metric, firstStep - week.Length, week);
        (last, scale) = (float.NaN, float.NaN);
        for (var index = week.Length - 1; index >= week.Length - LastWithin && float.IsNaN(last); index--) last = week[index];
        double sum = 0;
        var pairs = 0;
        for (var index = day; index < week.Length; index++)
        {
            var change = week[index] - week[index - day];
            if (float.IsNaN(change)) continue;
            sum += Math.Abs(change);
            pairs++;
        }

        if (pairs > 0) scale = Math.Max((float)(sum / pairs), Fineness.Of(metric));
        return !float.IsNaN(last);
    }

    private static void Clear(ushort[] codes, long number, int metric)
    {
        codes[TrackLayout.Last(number, metric)] = codes[TrackLayout.Scale(number, metric)] = MetricCodec.Missing;
        for (var horizon = 0; horizon < TrackLayout.HorizonCount; horizon++)
        {
            codes.AsSpan(TrackLayout.Network(horizon, number, metric), TrackLayout.Quantiles).Fill(MetricCodec.Missing);
            codes.AsSpan(TrackLayout.Baseline(horizon, number, metric), TrackLayout.Quantiles).Fill(MetricCodec.Missing);
        }
    }

    private static void Write(ushort[] codes, int start, MetricForecast forecast, int horizon)
    {
        for (var quantile = 0; quantile < TrackLayout.Quantiles; quantile++)
            codes[start + quantile] = MetricCodec.Encode(forecast.Metric, forecast.At(TrackLayout.Indices[quantile], TrackLayout.Horizons[horizon] - 1));
    }
}
