using DuckDB.NET.Data;
using Microsoft.Extensions.Logging;

namespace TftPortal.Engine.History;

/// <summary>Finds the files that can't be read, after a question that failed, and puts them out of the way: one damaged day must not hide the others.</summary>
internal static class DamagedHistory
{
    /// <summary>Reads every file once, and puts aside the ones that can't be.</summary>
    /// <returns>How many were put aside.</returns>
    /// <exception cref="IOException">A file can't be moved, or DuckDB not be opened: nothing is said of the files then.</exception>
    public static int SetAside(HistoryStore store, TimeProvider clock, ILogger logger, CancellationToken stop)
    {
        var count = 0;
        using var duck = store.Open(threads: 1); // what can't be opened says nothing of the files
        foreach (var file in HistoryTable.All.SelectMany(table => store.Of(table).Days()).SelectMany(day => day.Files))
        {
            stop.ThrowIfCancellationRequested();
            // Twice: a file may be made anew while it is read.
            if (Fault(duck, file, stop) is null || Fault(duck, file, stop) is not { } reason || !File.Exists(file.Path)) continue;
            var aside = DayFolder.SetAside(file.Path, clock.GetUtcNow());
            Log.SetAside(logger, file.Path, reason, Path.GetFileName(aside));
            count++;
        }

        return count;
    }

    private static string? Fault(Duck duck, DayFile file, CancellationToken stop)
    {
        try
        {
            duck.Run($"SELECT bit_xor(hash(COLUMNS(*))) FROM {HistoryReading.Files([file])}", stop);
        }
        catch (DuckDBException fault) when (!IsOurs(fault.Message))
        {
            return fault.Message.ReplaceLineEndings(" ");
        }
        catch (DuckDBException)
        {
            // Looked at again after the next failure.
        }

        return null;
    }

    // Too little memory, or too many open files, say nothing of the file.
    public static bool IsOurs(string message) => message.StartsWith("Out of Memory", StringComparison.Ordinal) || message.StartsWith("IO Error: Cannot open", StringComparison.Ordinal);
}

internal static partial class Log
{
    [LoggerMessage(42, LogLevel.Error, "{File} of the history can't be read: {Reason} It was put aside as {Aside}; what it held is missing from the history unless the window still has it.")]
    public static partial void SetAside(ILogger logger, string file, string reason, string aside);
}
