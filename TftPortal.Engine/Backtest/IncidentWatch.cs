using System.Collections.Immutable;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Risk;

namespace TftPortal.Engine.Backtest;

/// <summary>An alert that may count.</summary>
/// <param name="Step">When it was raised.</param>
/// <param name="Lead">How many steps later an incident began; null where none did within the hour: a false alarm.</param>
/// <param name="IsOpen">Whether that cannot be said yet, because its hour is not over.</param>
internal readonly record struct Alarm(int Step, int? Lead, bool IsOpen);

/// <summary>
/// One server's measure against a threshold: when incidents began, and when an alert may count (docs/training.md, "Incidents").
/// An incident (<see cref="Incident"/>) runs to the last step at or above the threshold before a whole hour below.
/// It has an onset where the hour before it was below throughout; a missing value counts as below.
/// </summary>
/// <param name="Steps">How many steps were watched.</param>
/// <param name="IsArmed">For each step, whether an alert raised once it is known may count: not within an incident, nor in the hour after one.</param>
/// <param name="Onsets">The first steps of the incidents that have an onset, ascending.</param>
/// <param name="Incidents">Every incident: its first step, 0 where it began before, and one past its last.</param>
internal sealed record IncidentWatch(int Steps, ImmutableArray<bool> IsArmed, ImmutableArray<int> Onsets, ImmutableArray<(int From, int Until)> Incidents)
{
    private const int Hour = InputShape.Hour;

    /// <summary>Finds the incidents.</summary>
    /// <param name="values">The measure, one value a step, NaN where missing.</param>
    /// <param name="threshold">From here on it is too high.</param>
    /// <param name="from">The first step that is watched; those before it only tell what came before. At least an hour of them.</param>
    public static IncidentWatch Of(ReadOnlySpan<float> values, float threshold, int from)
    {
        var armed = new bool[values.Length - from];
        var onsets = ImmutableArray.CreateBuilder<int>();
        var incidents = ImmutableArray.CreateBuilder<(int, int)>();
        int last = -1, ended = -1, began = 0; // the last step at or above; the last one of an incident; the first one of this
        var isWithin = false;
        for (var step = 0; step < values.Length; step++)
        {
            if (isWithin && step - last > Hour) Close();
            if (values[step] >= threshold)
            {
                if (!isWithin && Incident.IsSustained(values[step..], threshold))
                {
                    if (step >= from && (last < 0 || step - last > Hour)) onsets.Add(step - from);
                    (isWithin, began) = (true, step);
                }

                last = step;
            }

            if (step >= from) armed[step - from] = !isWithin && (ended < 0 || step - ended > Hour);
        }

        if (isWithin) Close();
        return new(armed.Length, [.. armed], onsets.ToImmutable(), incidents.ToImmutable());

        void Close()
        {
            (isWithin, ended) = (false, last);
            if (last >= from) incidents.Add((Math.Max(0, began - from), last + 1 - from));
        }
    }

    /// <summary>The alerts of a rule that may count. Each stands for an hour; if the score is still above after that, it is a new one.</summary>
    /// <param name="scores">The rule's score once a step is known, one a step; fewer than <see cref="Steps"/> where the last steps only tell what came after.</param>
    /// <param name="threshold">An alert is raised at or above it.</param>
    /// <param name="isEndOpen">Whether what comes after the last step is not known yet; else nothing does.</param>
    public List<Alarm> AlarmsOf(ReadOnlySpan<double> scores, double threshold, bool isEndOpen = false)
    {
        List<Alarm> alarms = [];
        var next = 0;
        for (var step = 0; step < scores.Length; step++)
        {
            if (!IsArmed[step] || !(scores[step] >= threshold)) continue;
            while (next < Onsets.Length && Onsets[next] <= step) next++;
            int? lead = next < Onsets.Length && Onsets[next] - step <= Hour ? Onsets[next] - step : null;
            alarms.Add(new(step, lead, isEndOpen && lead is null && step + Hour + Incident.Span > Steps));
            step += Hour - 1; // it stands meanwhile
        }

        return alarms;
    }
}
