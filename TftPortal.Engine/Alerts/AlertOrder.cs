using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Alerts;

/// <summary>Something that somebody wants done with alerts: the engine's one writer does it, or says why not.</summary>
/// <param name="By">Who, as the audit names them.</param>
public abstract record AlertOrder(string By);

/// <summary>To do something with an alert that stands, or that ended within the last day.</summary>
/// <param name="Alert">Its id.</param>
/// <param name="Kind">What.</param>
/// <param name="Text">The reason (<see cref="AlertActKind.Acknowledged"/>), the comment, or whose it becomes: needed for these three; up to 1,000 characters.</param>
/// <param name="By">Who.</param>
public sealed record ActOrder(Guid Alert, AlertActKind Kind, string Text, string By) : AlertOrder(By);

/// <summary>To note an alert that should have been, and was not.</summary>
/// <param name="Server">Of which server.</param>
/// <param name="Metric">Of what, as <see cref="Fleet.Alert.Metric"/>.</param>
/// <param name="At">When the trouble began: within the last 30 days.</param>
/// <param name="Text">What happened; up to 1,000 characters.</param>
/// <param name="By">Who.</param>
public sealed record MissedOrder(string Server, string Metric, DateTimeOffset At, string Text, string By) : AlertOrder(By);

/// <summary>To send nothing of some servers for a while.</summary>
/// <param name="Servers">Which: a <see cref="ServerPattern"/>.</param>
/// <param name="Metric">Which alerts of theirs; null for all.</param>
/// <param name="Until">Until when: after now, and within 30 days.</param>
/// <param name="Reason">Why: 1 to 1,000 characters.</param>
/// <param name="By">Who.</param>
public sealed record SilenceOrder(string Servers, string? Metric, DateTimeOffset Until, string Reason, string By) : AlertOrder(By);

/// <summary>To end a silence before its time.</summary>
/// <param name="Silence">Its id.</param>
/// <param name="By">Who.</param>
public sealed record EndSilenceOrder(Guid Silence, string By) : AlertOrder(By);

/// <summary>To make a maintenance window, or to change one.</summary>
/// <param name="Window">As it shall be; an empty id makes a new one. The engine says who changed it and when.</param>
/// <param name="By">Who.</param>
public sealed record MaintenanceOrder(MaintenanceWindow Window, string By) : AlertOrder(By);

/// <summary>To remove a maintenance window.</summary>
/// <param name="Window">Its id.</param>
/// <param name="By">Who.</param>
public sealed record RemoveMaintenanceOrder(Guid Window, string By) : AlertOrder(By);

/// <summary>To make a rule, or to change one.</summary>
/// <param name="Rule">As it shall be; an empty id makes a new one. The engine says who changed it and when.</param>
/// <param name="By">Who.</param>
public sealed record RuleOrder(AlertRule Rule, string By) : AlertOrder(By);

/// <summary>To remove a rule.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="By">Who.</param>
public sealed record RemoveRuleOrder(Guid Rule, string By) : AlertOrder(By);

/// <summary>To note something of a server.</summary>
/// <param name="Server">Name of the server.</param>
/// <param name="Text">What others should know: 1 to 1,000 characters.</param>
/// <param name="By">Who.</param>
public sealed record NoteOrder(string Server, string Text, string By) : AlertOrder(By);

/// <summary>To delete a note.</summary>
/// <param name="Note">Its id.</param>
/// <param name="By">Who.</param>
public sealed record RemoveNoteOrder(Guid Note, string By) : AlertOrder(By);
