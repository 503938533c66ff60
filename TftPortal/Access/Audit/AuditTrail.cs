using Microsoft.EntityFrameworkCore;
using TftPortal.Access.Records;

namespace TftPortal.Access.Audit;

/// <summary>Writes down who did what, to what, from where and when. What a change of records does is written in that change's own transaction instead.</summary>
internal sealed class AuditTrail(IDbContextFactory<PortalRecords> records, TimeProvider clock)
{
    /// <summary>The longest text of an entry's part, characters: what a stranger sent must not fill the database.</summary>
    public const int MaxLength = 400;

    /// <summary>Adds an entry. Never a secret in it.</summary>
    /// <param name="actor">Who: for example <c>user anna@example.com</c>.</param>
    /// <param name="origin">From where: an address, or empty for this machine's command.</param>
    /// <param name="action">What, for example <c>signin.failed</c>.</param>
    /// <param name="subject">To what.</param>
    /// <param name="detail">What is worth knowing of it, in words.</param>
    /// <param name="stop">Gives up while nothing is written.</param>
    public async Task WriteAsync(string actor, string origin, string action, string subject, string detail, CancellationToken stop)
    {
        await using var database = await records.CreateDbContextAsync(stop);
        database.Audit.Add(Entry(clock.GetUtcNow(), actor, origin, action, subject, detail));
        await database.SaveChangesAsync(stop);
    }

    /// <summary>An entry, to be added to a change's own transaction.</summary>
    public static AuditRow Entry(DateTimeOffset at, string actor, string origin, string action, string subject, string detail) =>
        new() { At = at, Actor = Short(actor), Origin = Short(origin), Action = Short(action), Subject = Short(subject), Detail = Short(detail) };

    private static string Short(string text) => text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength - 1), "…");
}
