using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.History;

/// <summary>The tables of all folders as one, for a question: what was, and what is simulated now.</summary>
/// <param name="stores">The folders.</param>
/// <param name="duck">DuckDB.</param>
/// <param name="grid">The time grid.</param>
/// <param name="stop">Ends the question.</param>
internal sealed class HistoryTables(IReadOnlyList<HistoryStore> stores, Duck duck, StepGrid grid, CancellationToken stop)
{
    /// <summary>Length of a step.</summary>
    public TimeSpan Step => grid.Length;

    /// <summary>DuckDB.</summary>
    public Duck Duck => duck;

    /// <summary>Ends the question.</summary>
    public CancellationToken Stop => stop;

    /// <summary>A table's rows of some days, each once.</summary>
    /// <param name="table">Which table.</param>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last day.</param>
    /// <param name="where">Which of them, by columns of the key alone.</param>
    /// <param name="only">Which of the days' files count; null for all.</param>
    public string Source(HistoryTable table, DateOnly first, DateOnly last, string where = "true", Func<HistoryStore, HistoryDay, bool>? only = null) =>
        $"({string.Join(" UNION ALL ", stores.Select(store => table.Source([.. store.Of(table).Days(first, last).Where(day => only?.Invoke(store, day) ?? true)], where)))})";

    /// <summary>
    /// The rows of a range with the columns server, ts, and of each metric <c>m</c>, <c>m_min</c>, <c>m_max</c> and the weight <c>steps</c>: of whole hours where a point is an hour or more
    /// and the day is over, else of steps.
    /// </summary>
    /// <param name="range">The range.</param>
    /// <param name="bucket">The time that a point stands for.</param>
    /// <param name="metrics">The metrics.</param>
    /// <param name="where">Which rows, by columns of the key alone, and <c>$1</c>, <c>$2</c> for the range.</param>
    public string Observations(HistoryRange range, TimeSpan bucket, IReadOnlyCollection<MetricDefinition> metrics, string where)
    {
        var (first, last) = range.Days;
        var isCoarse = bucket >= TimeSpan.FromHours(1);
        var ofSteps = string.Join(", ", metrics.Select(metric => metric.Name).Select(name => $"{name}, {name} AS {name}_min, {name} AS {name}_max"));
        var steps = $"SELECT server, ts, 1 AS steps, {ofSteps} FROM {Source(HistoryTable.Steps, first, last, where, (store, day) => !isCoarse || !HasHours(store, day.Day))}";
        if (!isCoarse) return $"({steps})";
        var ofHours = string.Join(", ", metrics.Select(metric => metric.Name).Select(name => $"{name}, {name}_min, {name}_max"));
        return $"({steps} UNION ALL SELECT server, ts, steps, {ofHours} FROM {Source(HistoryTable.Hours, first, last, where, (store, day) => HasHours(store, day.Day))})";
    }

    // A day that has got a part since its hours were summed is read by its steps until they are summed again.
    private static bool HasHours(HistoryStore store, DateOnly day) =>
        File.Exists(store.Of(HistoryTable.Hours).PathOf(day)) && store.Of(HistoryTable.Steps).Days(day, day).TrueForAll(steps => steps.IsWhole);
}
