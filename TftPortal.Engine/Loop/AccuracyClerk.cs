using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TftPortal.Engine.Accuracy;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.State;

namespace TftPortal.Engine.Loop;

/// <summary>Hands each picture to the board once it is published, so that nobody waits for its scores; keeps the board over a restart: read before the first picture, written each hour and at the end.</summary>
internal sealed class AccuracyClerk(AccuracyBoard board, AccuracyFile file, AccuracyMeter meter, StepGrid grid, TimeProvider clock, ILogger<AccuracyClerk> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromHours(1);
    private bool isFailing;

    /// <summary>Scores and keeps. A fault here costs scores alone.</summary>
    public void Note(FleetOutlook picture, CancellationToken stop)
    {
        var started = clock.GetTimestamp();
        try
        {
            board.Note(picture, stop);
        }
        catch (Exception fault) when (fault is not OperationCanceledException) // whatever it is, the picture is out and the next one is not to fail for it
        {
            Log.NotScored(logger, fault);
        }

        meter.Scored(clock.GetElapsedTime(started));
    }

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        file.Read(kept => AccuracyBook.Read(kept, board, grid), out var damage);
        if (damage is not null) Log.ScoresLost(logger, damage);
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Writes it a last time.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Keep();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hours = new PeriodicTimer(Pace, clock);
        try
        {
            while (await hours.WaitForNextTickAsync(stoppingToken)) Keep();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private void Keep()
    {
        try
        {
            file.Write(kept => AccuracyBook.Write(kept, board, grid));
            isFailing = false;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (!isFailing) Log.ScoresNotKept(logger, fault.Message);
            isFailing = true;
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(60, LogLevel.Warning, "The scores of the forecasts begin anew: {Damage}. Forecasts and alerts are not touched.")]
    public static partial void ScoresLost(ILogger logger, string damage);

    [LoggerMessage(61, LogLevel.Warning, "The scores of the forecasts can't be written down ({Reason}): after a restart they would be those of the last hour that could. It is tried again in an hour.")]
    public static partial void ScoresNotKept(ILogger logger, string reason);

    [LoggerMessage(62, LogLevel.Error, "The forecasts of this picture could not be scored; forecasts and alerts go on. Please report this with the stack below.")]
    public static partial void NotScored(ILogger logger, Exception fault);
}
