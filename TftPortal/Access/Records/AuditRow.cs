namespace TftPortal.Access.Records;

/// <summary>One entry of the audit: who did what, to what, from where and when. The database refuses to change or remove one. Never a secret in it.</summary>
internal sealed class AuditRow
{
    public long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who: for example <c>key aB3dE6gH (deploy)</c>, or <c>command (root)</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>From where: an address, or empty for this machine's command.</summary>
    public required string Origin { get; init; }

    /// <summary>What, for example <c>key.created</c>.</summary>
    public required string Action { get; init; }

    /// <summary>To what: a key's id.</summary>
    public required string Subject { get; init; }

    /// <summary>What is worth knowing of it, in words.</summary>
    public required string Detail { get; init; }
}
