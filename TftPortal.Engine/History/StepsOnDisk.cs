using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.History;

/// <summary>What a start finds of a day: which of the window's steps are on disk as the window has them.</summary>
internal static class StepsOnDisk
{
    /// <summary>Reads a day.</summary>
    /// <param name="store">The files.</param>
    /// <param name="duck">DuckDB.</param>
    /// <param name="day">The day.</param>
    /// <param name="grid">The time grid.</param>
    /// <param name="servers">The servers, by name.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Whether a step of these servers is on disk.</returns>
    public static Func<ChangedStep, bool> Read(HistoryStore store, Duck duck, DateOnly day, StepGrid grid, ImmutableArray<ServerSnapshot> servers, CancellationToken stop)
    {
        var days = store.Of(HistoryTable.Steps).Days(day, day);
        if (days.Count == 0) return _ => false;
        var numbers = servers.Select((server, number) => (server.Name, number)).ToDictionary(server => server.Name, server => server.number, StringComparer.Ordinal);
        var known = new HashSet<(int Server, long Step)>();
        duck.Query($"SELECT server, epoch_ms(ts), stamp FROM {HistoryTable.Steps.Source(days)}", [], row =>
        {
            if (!numbers.TryGetValue(row.GetString(0), out var number)) return;
            var step = grid.StepOf(row.GetInt64(1));
            if (StepStamp.Of(servers[number].History, step) == row.GetFieldValue<uint>(2)) known.Add((number, step));
        }, stop);
        return changed => known.Contains((numbers[changed.Server.Name], changed.Step));
    }
}
