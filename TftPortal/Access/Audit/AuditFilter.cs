namespace TftPortal.Access.Audit;

/// <summary>Which entries of the audit are wanted; nulls where it does not matter. Letters count the same in both cases.</summary>
internal sealed record AuditFilter
{
    /// <summary>Every entry.</summary>
    public static AuditFilter Everything { get; } = new();

    /// <summary>From this moment on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this moment.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>A part of who did it.</summary>
    public string? Actor { get; init; }

    /// <summary>How the action begins: <c>key</c> finds <c>key.created</c> and <c>key.revoked</c>.</summary>
    public string? Action { get; init; }

    /// <summary>A part of anything that stands in the entry.</summary>
    public string? Text { get; init; }
}

/// <summary>One entry of the audit, as it is read.</summary>
/// <param name="Number">Higher than the entry's before; in SQLite by one, in PostgreSQL with gaps where a change was given up.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Origin">From where: an address; empty for this machine's command and for what the portal does by itself.</param>
/// <param name="Action">What, for example <c>key.created</c>.</param>
/// <param name="Subject">To what.</param>
/// <param name="Detail">What is worth knowing of it.</param>
internal sealed record AuditEntry(long Number, DateTimeOffset At, string Actor, string Origin, string Action, string Subject, string Detail);
