using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TftPortal.Access.Records;

namespace TftPortal.Access.ApiKeys;

/// <summary>
/// Keeps the books beside the requests: writes down what was counted of each key's use, notices what the command changed, warns of keys that will expire, and tells the audit when one
/// is used that no longer works. A database that fails is said in the log and tried again; the keys on the ring work on.
/// </summary>
internal sealed class KeyLedger(KeyStore store, KeyRing ring, IDbContextFactory<PortalRecords> records, TimeProvider clock, ILogger<KeyLedger> log) : BackgroundService
{
    /// <summary>How often a change made by the command is looked for.</summary>
    public static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(2);

    /// <summary>How often use is written down.</summary>
    public static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan TellAgainAfter = TimeSpan.FromHours(1);
    private static readonly int[] WarningDays = [1, 14]; // the nearest first
    private readonly Dictionary<(string Id, KeyRefusal Reason), DateTimeOffset> told = [];
    private readonly Dictionary<string, int> warned = new(StringComparer.Ordinal);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(() => WriteAsync(cancellationToken), CancellationToken.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var written = clock.GetTimestamp();
        Warn();
        while (true)
        {
            await Task.Delay(RefreshEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // the stop is no failure
            if (stoppingToken.IsCancellationRequested) return;
            await TryAsync(() => store.RefreshAsync(stoppingToken), stoppingToken);
            if (clock.GetElapsedTime(written) < WriteEvery) continue;
            written = clock.GetTimestamp();
            await TryAsync(() => WriteAsync(stoppingToken), stoppingToken);
            Warn();
        }
    }

    private async Task TryAsync(Func<Task> act, CancellationToken stop)
    {
        try
        {
            await act();
        }
        catch (Exception fault) when (fault is DbException or DbUpdateException or IOException && !stop.IsCancellationRequested)
        {
            Log.DatabaseFails(log, fault);
        }
    }

    private async Task WriteAsync(CancellationToken stop)
    {
        var changed = ring.Keys.Select(held => (held.Key, held.Use, Changes: held.Use.TakeChanges())).Where(held => held.Changes is not null).ToList();
        if (changed.Count == 0) return;
        try
        {
            await using var database = await records.CreateDbContextAsync(stop);
            await using var transaction = await database.BeginChangeAsync(stop);
            foreach (var (key, _, changes) in changed)
            {
                var (callers, hours) = changes!.Value;
                await database.Callers.Where(row => row.KeyId == key.Id).ExecuteDeleteAsync(stop);
                await database.Hours.Where(row => row.KeyId == key.Id).ExecuteDeleteAsync(stop);
                database.Callers.AddRange(callers.Select(caller => KeyRowForms.Row(key.Id, caller)));
                database.Hours.AddRange(hours.Select(hour => new HourRow { KeyId = key.Id, Hour = hour.Hour, Requests = hour.Requests, Refused = hour.Refused }));
                foreach (var caller in callers) Tell(database, key, caller);
            }

            await database.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
        }
        catch
        {
            foreach (var (_, use, _) in changed) use.KeepChanges();
            throw;
        }
    }

    // Once an hour for each key and reason, whoever it is: a flood of refused requests must not fill the audit.
    private void Tell(PortalRecords database, ApiKey key, KeyCaller caller)
    {
        var now = clock.GetUtcNow();
        if (caller.Reason is KeyRefusal.None or KeyRefusal.Scope or KeyRefusal.Limit || now - caller.RefusedAt > TellAgainAfter) return;
        if (told.TryGetValue((key.Id, caller.Reason), out var last) && now - last < TellAgainAfter) return;
        told[(key.Id, caller.Reason)] = now;
        database.Audit.Add(new()
        {
            At = caller.RefusedAt!.Value,
            Actor = KeyActor.NameOf(key),
            Origin = caller.Address,
            Action = "key.refused",
            Subject = key.Id,
            Detail = string.Create(CultureInfo.InvariantCulture, $"{RefusalWords.Of(caller.Reason)}; secret {caller.Secret}, {(caller.UserAgent.Length == 0 ? "no user agent" : caller.UserAgent)}"),
        });
        Log.Refused(log, key.Id, key.Name, caller.Address, RefusalWords.Of(caller.Reason));
    }

    private void Warn()
    {
        var now = clock.GetUtcNow();
        foreach (var (key, use) in ring.Keys)
        {
            if (key.RevokedAt is not null || key.ExpiresAt is not { } end || end <= now) continue;
            var days = Array.Find(WarningDays, days => end - now <= TimeSpan.FromDays(days));
            if (days == 0 || (warned.TryGetValue(key.Id, out var earlier) && earlier <= days)) continue;
            warned[key.Id] = days;
            Log.Expires(log, key.Id, key.Name, end, use.Callers.Select(caller => caller.LastAt).Max());
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(2, LogLevel.Warning, "Key {Id} ({Name}) expires at {End:u}. It was last used {LastUsed:u}.")]
    public static partial void Expires(ILogger logger, string id, string name, DateTimeOffset end, DateTimeOffset? lastUsed);

    [LoggerMessage(3, LogLevel.Warning, "Key {Id} ({Name}) was used from {Address} and refused: {Reason}.")]
    public static partial void Refused(ILogger logger, string id, string name, string address, string reason);

    [LoggerMessage(4, LogLevel.Warning, "The portal's database fails; the keys in memory work on, and it is tried again.")]
    public static partial void DatabaseFails(ILogger logger, Exception fault);
}
