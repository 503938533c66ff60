using TftPortal.Access.ApiKeys;
using TftPortal.Access.Audit;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;

namespace TftPortal.Owning;

/// <summary>Has orders on alerts done by the engine, and notes in the audit what was done: for programs and for pages alike.</summary>
internal sealed class AuditedOrders(AlertIntake intake, OutlookFeed feed, ActNotes notes)
{
    /// <summary>Has an order done.</summary>
    /// <param name="order">What is wanted.</param>
    /// <param name="by">Who, for the audit.</param>
    /// <param name="stop">Gives up before the order is begun; one that is begun is waited for, and noted, whoever has gone meanwhile.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="OrderNotKeptException">It could not be written down; nothing was changed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up, or the engine stops.</exception>
    public async Task<OrderAnswer> SubmitAsync(AlertOrder order, KeyActor by, CancellationToken stop)
    {
        var book = feed.Latest.Book; // what is removed has no name after that
        stop.ThrowIfCancellationRequested();
        var answer = await intake.SubmitAsync(order, CancellationToken.None);
        if (!answer.IsDone) return answer;
        var (action, subject, detail) = Said(order, answer, book);
        await notes.TryWriteAsync(by, action, subject, detail);
        return answer;
    }

    private (string Action, string Subject, string Detail) Said(AlertOrder order, OrderAnswer answer, AlertBook book) => order switch
    {
        ActOrder act => ($"alert.{Verb(act.Kind)}", Alert(act.Alert), act.Text),
        MissedOrder missed => ("alert.missed", $"{missed.Server} {missed.Metric}", $"{missed.At:u} {missed.Text}"),
        SilenceOrder silence => ("silence.made", $"{silence.Servers} {silence.Metric ?? "all"}", $"until {silence.Until:u}: {silence.Reason}"),
        EndSilenceOrder => ("silence.ended", book.Silences.FirstOrDefault(silence => silence.Id == answer.Id) is { } silence ? $"{silence.Servers} {silence.Metric ?? "all"}" : $"{answer.Id}", ""),
        MaintenanceOrder { Window: var window } => ("maintenance.set", window.Name, $"{window.Servers}, {window.Start:s} {window.TimeZone} for {window.Duration}, {(window.Rule.Length == 0 ? "once" : window.Rule)}"),
        RemoveMaintenanceOrder => ("maintenance.removed", book.Maintenance.FirstOrDefault(window => window.Id == answer.Id)?.Name ?? $"{answer.Id}", ""),
        RuleOrder { Rule: var rule } => ("rule.set", rule.Name, $"{RuleWords.Of(rule)}, for {RuleWords.Scope(rule)}"),
        RemoveRuleOrder => ("rule.removed", book.Rules.FirstOrDefault(rule => rule.Id == answer.Id) is { } rule ? rule.Name : $"{answer.Id}", ""),
        NoteOrder note => ("note.made", note.Server, note.Text),
        RemoveNoteOrder => book.Notes.FirstOrDefault(note => note.Id == answer.Id) is { } note ? ("note.removed", note.Server, note.Text) : ("note.removed", $"{answer.Id}", ""),
        _ => ("alert.changed", $"{answer.Id}", ""),
    };

    private string Alert(Guid id) =>
        feed.Latest.Alerts.Concat(feed.Latest.Ended.Select(ended => ended.Alert)).FirstOrDefault(alert => alert.Id == id) is { } alert ? $"{alert.Server} {alert.Metric} ({id})" : $"{id}";

    private static string Verb(AlertActKind kind) => kind switch
    {
        AlertActKind.Acknowledged => "acknowledged",
        AlertActKind.Unacknowledged => "unacknowledged",
        AlertActKind.Assigned => "assigned",
        AlertActKind.Unassigned => "unassigned",
        AlertActKind.Commented => "commented",
        AlertActKind.FalseAlarm => "false_alarm",
        _ => "real_alarm",
    };
}
