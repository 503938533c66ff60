namespace TftPortal.Engine.Fleet;

/// <summary>What somebody can do with an alert.</summary>
public enum AlertActKind
{
    /// <summary>Took it.</summary>
    Acknowledged,
    /// <summary>Gave it back.</summary>
    Unacknowledged,
    /// <summary>Made it somebody's, whom <see cref="AlertAct.Text"/> names.</summary>
    Assigned,
    /// <summary>Made it nobody's.</summary>
    Unassigned,
    /// <summary>Said something of it.</summary>
    Commented,
    /// <summary>Said that it is none.</summary>
    FalseAlarm,
    /// <summary>Took that back.</summary>
    RealAlarm,
}

/// <summary>Something that somebody did with an alert.</summary>
/// <param name="Kind">What.</param>
/// <param name="By">Who, as the audit names them.</param>
/// <param name="At">When.</param>
/// <param name="Text">The reason, the comment, or whose it became; empty where nothing was said.</param>
public sealed record AlertAct(AlertActKind Kind, string By, DateTimeOffset At, string Text);
