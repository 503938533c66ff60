using Microsoft.Extensions.Logging;
using TftPortal.Engine.State.Legacy;

namespace TftPortal.Engine.State;

/// <summary>Says in the log how far a long migration is, every two seconds.</summary>
internal sealed class MigrationProgress(string file, TimeProvider clock, ILogger logger) : IProgress<LegacyProgress>
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);
    private long last = clock.GetTimestamp();

    /// <inheritdoc/>
    public void Report(LegacyProgress value)
    {
        if (clock.GetElapsedTime(last) < Pace) return;
        last = clock.GetTimestamp();
        Log.Migrating(logger, file, value.Stage, value.Done, value.Total);
    }
}

internal static partial class Log
{
    [LoggerMessage(9, LogLevel.Information, "Migrating {File}: {Stage}, {Done} of {Total}.")]
    public static partial void Migrating(ILogger logger, string file, LegacyStage stage, long done, long total);
}
