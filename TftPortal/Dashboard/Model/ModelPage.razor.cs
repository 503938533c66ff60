using Microsoft.AspNetCore.Components;
using TftPortal.Dashboard.Live;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Accuracy;
using TftPortal.Engine.Contract;
using TftPortal.Engine.History;
using TftPortal.Engine.Publishing;

namespace TftPortal.Dashboard.Model;

/// <summary>How right the forecasts are, live: the board's scores, and from the history how right the alerts were and how early.</summary>
public sealed partial class ModelPage : PulsedComponent
{
    private static readonly TimeSpan AskAlertsEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private AccuracyReport report = null!;
    private AlertFigures? alerts;
    private string? alertFault;
    private DateTimeOffset? asked;
    private int window = 1;

    [Inject]
    private AccuracyBoard Board { get; set; } = null!;

    [Inject]
    private ModelCard Card { get; set; } = null!;

    [Inject]
    private OutlookFeed Feed { get; set; } = null!;

    [Inject]
    private HistoryArchive Archive { get; set; } = null!;

    private AccuracyWindow Shown => report.Windows[window];

    private string Alerts => (alertFault, alerts) switch
    {
        ({ } fault, _) => fault,
        (_, null) => "asking the history…",
        (_, { Predicted: 0 }) => "none was foretold in 7 days",
        (_, { } known) => $"{Figures.Count(known.CameTrue)} of {Figures.Count(known.CameTrue + known.FalseAlarms)} foretold in 7 days; lead {Minutes(known.MedianLeadMinutes)}, the median",
    };

    /// <inheritdoc />
    protected override async Task LookAsync()
    {
        report = Board.Latest;
        // The first, static rendering is thrown away, and must not wait for an answer.
        if (!RendererInfo.IsInteractive || Clock.GetUtcNow() - asked < AskAlertsEvery) return;
        asked = Clock.GetUtcNow();
        try
        {
            (alerts, alertFault) = ((await Archive.ReportAsync(new(asked.Value - Week, asked.Value), Left)).Alerts, null);
        }
        catch (HistoryUnavailableException failed)
        {
            alertFault = failed.Message;
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private static string Share(double? share) => share is { } known ? Figures.Chance(known) : Figures.Missing;

    private static string Minutes(double? minutes) => minutes is { } known ? Ages.Words(TimeSpan.FromMinutes(known)) : Figures.Missing;
}
