using TftPortal.Api.Shapes;
using TftPortal.Engine.Backtest;
using TftPortal.Engine.Fleet;

namespace TftPortal.Api.Owning;

/// <summary>Back-tests in the shapes of the API.</summary>
internal static class BacktestJson
{
    /// <summary>A back-test at a moment.</summary>
    public static BacktestShape Of(BacktestView view) => new()
    {
        Id = view.Id,
        State = Word(view.State),
        Rule = RuleJson.Asked(view.Order.Rule),
        Servers = view.Order.Servers,
        From = view.Order.Range.From.ToUniversalTime(),
        To = view.Order.Range.To.ToUniversalTime(),
        IncidentFrom = view.Order.IncidentFrom,
        By = view.By,
        ServerCount = view.Servers,
        ServerSteps = view.ServerSteps,
        Done = view.Done,
        SecondsLeft = view.Left is { } left ? Math.Round(left.TotalSeconds, 1) : null,
        StartedAt = view.StartedAt,
        EndedAt = view.EndedAt,
        Problem = view.Problem,
        Result = view.Result is { } result ? Of(result) : null,
    };

    /// <summary>How far it is, in a word.</summary>
    public static string Word(BacktestState state) => state switch
    {
        BacktestState.Running => "running",
        BacktestState.Done => "done",
        BacktestState.Cancelled => "cancelled",
        _ => "failed",
    };

    private static BacktestResultShape Of(BacktestResult result) => new(
        result.ModelVersion, Of(result.Tried), Of(result.Today), result.Overruled,
        [.. result.Servers.Where(server => server.Incidents.Length + server.Tried.Length + server.Today.Length > 0).Select(server => Of(server, result))]);

    private static RuleScoreShape Of(RuleScore score) => new()
    {
        Alerts = score.Raised,
        Hits = score.Hits,
        FalseAlarms = score.FalseAlarms,
        Open = score.Open,
        Onsets = score.Onsets,
        Precision = Rounded(score.Precision),
        Recall = Rounded(score.Recall),
        Recall15Min = Rounded(score.RecallEarly),
        MedianLeadMinutes = score.MedianLead?.TotalMinutes,
        FalseAlarmsPerServerDay = Rounded(score.FalseAlarmsPerServerDay),
        ServerDays = Math.Round(score.ServerDays, 4),
    };

    private static TriedServerShape Of(TriedServer server, BacktestResult result)
    {
        return new(
            server.Name, server.IncidentFrom, [.. server.Incidents.Select(incident => new StretchShape(At(incident.From), At(incident.Until)))],
            [.. server.Tried.Select(firing => Of(firing, At(firing.Until + 1)))], [.. server.Today.Select(firing => Of(firing, At(firing.Until + 1)))]);

        DateTimeOffset At(int step) => result.FirstStep + (step * result.Step);
    }

    private static FiringShape Of(Firing firing, DateTimeOffset until) => new(
        firing.At, until, firing.Severity == AlertSeverity.Critical ? "critical" : "warning", firing.WasPredicted, Math.Round(firing.Probability, 4), Math.Round(firing.Value, 3),
        firing.Outcome switch { FiringOutcome.Hit => "hit", FiringOutcome.FalseAlarm => "false_alarm", FiringOutcome.Within => "within_incident", _ => "open" }, firing.Lead?.TotalMinutes);

    private static double? Rounded(double? value) => value is { } known ? Math.Round(known, 6) : null;
}
