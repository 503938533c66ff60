using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using TftPortal.Access.ApiKeys;

namespace TftPortal.Access.Audit;

/// <summary>Notes acts on things that lie outside the database, such as files: the note and the act can't be one transaction, so what can't be undone is noted before it is done.</summary>
internal sealed class ActNotes(AuditTrail trail, ILogger<ActNotes> log)
{
    /// <summary>What somebody is told whose act could not be noted, and therefore was not done.</summary>
    public const string NotNoted = "The audit can't be written, so this was not done. The portal's log says why.";

    /// <summary>Notes an act.</summary>
    /// <returns>Whether it is noted; if not, the log says why.</returns>
    public async Task<bool> TryWriteAsync(KeyActor by, string action, string subject, string detail)
    {
        try
        {
            await trail.WriteAsync(by.Name, by.Origin, action, subject, detail, CancellationToken.None); // who has gone meanwhile has acted all the same
            return true;
        }
        catch (Exception fault) when (fault is DbException or DbUpdateException or IOException)
        {
            Log.NotNoted(log, fault, action, subject, by.Name);
            return false;
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "The audit can't be written: {Action} of {Subject} by {Actor}.")]
    public static partial void NotNoted(ILogger logger, Exception fault, string action, string subject, string actor);
}
