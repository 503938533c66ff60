namespace TftPortal.Engine.Fleet;

/// <summary>What somebody wants others to know of a server.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Server">Name of the server.</param>
/// <param name="Text">The note: 1 to 1,000 characters.</param>
/// <param name="By">By whom, as the audit names them.</param>
/// <param name="At">When.</param>
public sealed record ServerNote(Guid Id, string Server, string Text, string By, DateTimeOffset At);
