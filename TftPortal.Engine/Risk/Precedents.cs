using TftPortal.Engine.Contract;

namespace TftPortal.Engine.Risk;

/// <summary>
/// What followed in a server's own week when a gauge stood, and had just risen or fallen, as it does now: the share of such steps with the beginning of an incident within the hour.
/// A forecast's quantiles lump together servers whose bursts come to nothing and servers whose every burst ends at 100 %; their own week tells them apart (docs/decisions/alerts.md).
/// </summary>
internal static class Precedents
{
    private const int Hour = InputShape.Hour;
    private const int Following = Hour + 2; // how much later it is known whether an incident began within the hour
    private const double Weight = 8; // the server's share in any situation counts as so many steps in this one
    private const double Incidents = .5, Steps = 300; // and these, of a server of which nothing is known, in any
    private static readonly float[] Levels = [1 / 16f, 1 / 4f, 1 / 2f, 3 / 4f, 1]; // parts of the threshold
    private const float Jump = .1f; // of the threshold, within a step

    /// <summary>The share, shrunk towards the server's own in any situation.</summary>
    /// <param name="week">The gauge, one value a step, oldest first and the newest closed step last; NaN where missing. A week, or less where less is known.</param>
    /// <param name="threshold">From here on it is a danger; above 0.</param>
    /// <returns>Above 0, below 1.</returns>
    public static double Share(ReadOnlySpan<float> week, float threshold)
    {
        var here = week.Length > 1 ? SituationOf(week[^1], week[^2], threshold) : -1;
        int all = 0, followed = 0, alike = 0, alikeFollowed = 0;
        var next = NextOnset(week, threshold, 0);
        var last = -1; // the last step at or above the threshold
        for (var step = 0; step + Following < week.Length; step++)
        {
            if (next == step) next = NextOnset(week, threshold, step + 1);
            if (week[step] >= threshold) last = step;
            var situation = step == 0 || (last >= 0 && step - last <= Hour) ? -1 : SituationOf(week[step], week[step - 1], threshold);
            if (situation < 0) continue;
            var isFollowed = next >= 0 && next - step <= Hour;
            all++;
            if (isFollowed) followed++;
            if (situation != here) continue;
            alike++;
            if (isFollowed) alikeFollowed++;
        }

        var anywhere = (followed + Incidents) / (all + Steps);
        return here < 0 ? anywhere : (alikeFollowed + (Weight * anywhere)) / (alike + Weight);
    }

    /// <summary>How high a value stands, in parts of the threshold, and whether it has just risen or fallen; -1 where that is not known.</summary>
    private static int SituationOf(float value, float before, float threshold)
    {
        var change = value - before;
        if (float.IsNaN(change)) return -1;
        var level = 0;
        while (level < Levels.Length && value >= Levels[level] * threshold) level++;
        return (3 * level) + (change > Jump * threshold ? 2 : change < -Jump * threshold ? 0 : 1);
    }

    /// <summary>The next step, from one on, at which an incident begins (<see cref="Incident"/>); -1 where none does.</summary>
    private static int NextOnset(ReadOnlySpan<float> values, float threshold, int from)
    {
        for (var step = from; step < values.Length; step++)
        {
            if (values[step] >= threshold && Incident.BeginsAt(values, step, threshold)) return step;
        }

        return -1;
    }
}
