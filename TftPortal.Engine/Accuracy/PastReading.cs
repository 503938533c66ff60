using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Accuracy;

/// <summary>Reads the kept forecasts of a metric beside what happened.</summary>
internal static class PastReading
{
    /// <summary>All that are kept, by time made and steps ahead.</summary>
    public static ImmutableArray<PastForecast> Of(ServerTrack track, ServerSnapshot server, Metric metric, StepGrid grid)
    {
        var past = ImmutableArray.CreateBuilder<PastForecast>();
        Span<float> quantiles = stackalloc float[TrackLayout.Quantiles];
        for (var number = track.Newest - TrackLayout.Origins + 1; number <= track.Newest; number++)
        {
            if (track.FirstOf(number) is not { } first) continue;
            for (var horizon = 0; horizon < TrackLayout.HorizonCount; horizon++)
            {
                var target = first + TrackLayout.Horizons[horizon] - 1;
                var age = track.Newest - number;
                var byNetwork = age < TrackLayout.Kept(horizon) && Read(TrackLayout.Network(horizon, number, (int)metric), quantiles);
                if (!byNetwork && (age >= TrackLayout.Pending(horizon) || !Read(TrackLayout.Baseline(horizon, number, (int)metric), quantiles))) continue;
                var happened = server.History.At(metric, target);
                past.Add(new(grid.StartOf(first), TrackLayout.Horizons[horizon], grid.StartOf(target), quantiles[0], quantiles[1], quantiles[2], byNetwork, float.IsNaN(happened) ? null : happened));
            }
        }

        return past.ToImmutable();

        bool Read(int start, Span<float> into)
        {
            MetricCodec.Decode(metric, track.Codes.AsSpan(start, TrackLayout.Quantiles), into);
            return !float.IsNaN(into[0]);
        }
    }
}
