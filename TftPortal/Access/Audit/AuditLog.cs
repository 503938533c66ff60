using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using TftPortal.Access.Records;

namespace TftPortal.Access.Audit;

/// <summary>Reads the audit, the newest entries first.</summary>
internal sealed class AuditLog(IDbContextFactory<PortalRecords> records)
{
    private const int Stride = 1000;
    private const string Escape = "\\";

    /// <summary>The newest entries that a filter lets through.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="below">Only entries older than the one of this number; null for the newest.</param>
    /// <param name="size">At most so many.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<ImmutableArray<AuditEntry>> ReadAsync(AuditFilter filter, long? below, int size, CancellationToken stop)
    {
        await using var database = await records.CreateDbContextAsync(stop);
        var rows = Where(database, filter);
        if (below is { } number) rows = rows.Where(row => row.Number < number);
        return [.. await rows.OrderByDescending(row => row.Number).Take(size).Select(row => new AuditEntry(row.Number, row.At, row.Actor, row.Origin, row.Action, row.Subject, row.Detail)).ToListAsync(stop)];
    }

    /// <summary>How many entries a filter lets through.</summary>
    public async Task<int> CountAsync(AuditFilter filter, CancellationToken stop)
    {
        await using var database = await records.CreateDbContextAsync(stop);
        return await Where(database, filter).CountAsync(stop);
    }

    /// <summary>Every entry that a filter lets through, read as it is asked for.</summary>
    public async IAsyncEnumerable<AuditEntry> AllAsync(AuditFilter filter, [EnumeratorCancellation] CancellationToken stop)
    {
        // In strides, and not with one cursor: a slow reader would keep SQLite from tidying up its log for as long as it reads.
        long? below = null;
        while (true)
        {
            var stride = await ReadAsync(filter, below, Stride, stop);
            foreach (var entry in stride) yield return entry;
            if (stride.Length < Stride) yield break;
            below = stride[^1].Number;
        }
    }

    private static IQueryable<AuditRow> Where(PortalRecords database, AuditFilter filter)
    {
        var rows = database.Audit.AsNoTracking();
        if (filter.From is { } from) rows = rows.Where(row => row.At >= from);
        if (filter.Before is { } before) rows = rows.Where(row => row.At < before);
        return database is PostgresRecords ? WhereInPostgres(rows, filter) : WhereInSqlite(rows, filter);
    }

    // SQLite's LIKE takes A to Z for a to z.
    private static IQueryable<AuditRow> WhereInSqlite(IQueryable<AuditRow> rows, AuditFilter filter)
    {
        if (Pattern(filter.Actor, from: "%") is { } actor) rows = rows.Where(row => EF.Functions.Like(row.Actor, actor, Escape));
        if (Pattern(filter.Action, from: "") is { } action) rows = rows.Where(row => EF.Functions.Like(row.Action, action, Escape));
        if (Pattern(filter.Text, from: "%") is { } text)
            rows = rows.Where(row => EF.Functions.Like(row.Actor, text, Escape) || EF.Functions.Like(row.Origin, text, Escape) || EF.Functions.Like(row.Action, text, Escape)
                || EF.Functions.Like(row.Subject, text, Escape) || EF.Functions.Like(row.Detail, text, Escape));
        return rows;
    }

    // PostgreSQL's doesn't, but has ILIKE, for all letters of its locale.
    private static IQueryable<AuditRow> WhereInPostgres(IQueryable<AuditRow> rows, AuditFilter filter)
    {
        if (Pattern(filter.Actor, from: "%") is { } actor) rows = rows.Where(row => EF.Functions.ILike(row.Actor, actor, Escape));
        if (Pattern(filter.Action, from: "") is { } action) rows = rows.Where(row => EF.Functions.ILike(row.Action, action, Escape));
        if (Pattern(filter.Text, from: "%") is { } text)
            rows = rows.Where(row => EF.Functions.ILike(row.Actor, text, Escape) || EF.Functions.ILike(row.Origin, text, Escape) || EF.Functions.ILike(row.Action, text, Escape)
                || EF.Functions.ILike(row.Subject, text, Escape) || EF.Functions.ILike(row.Detail, text, Escape));
        return rows;
    }

    // What is sought is text and no pattern.
    private static string? Pattern(string? text, string from) => string.IsNullOrWhiteSpace(text)
        ? null
        : $"{from}{text.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
