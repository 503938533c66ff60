using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TftPortal.Access.Records;
using TftPortal.Settings;

namespace TftPortal.Access.ApiKeys;

/// <summary>
/// Makes, rotates and revokes keys: each change and its audit entry in one transaction, then another bunch on the ring before anybody is told. The ring's one writer in a process;
/// the command beside it changes the same database, and <see cref="KeyLedger"/> notices by the ring's version.
/// </summary>
internal sealed class KeyStore(
    IDbContextFactory<PortalRecords> records, IRecordsPlace place, KeyRing ring, PortalFolders folders, IOptions<KeyOptions> options, TimeProvider clock) : IDisposable
{
    private const int SecretsKept = 5;
    private readonly SemaphoreSlim turn = new(1, 1);
    private Pepper? pepper;
    private long version = -1;

    /// <summary>Opens the database and the pepper, and hangs the keys on the ring.</summary>
    /// <exception cref="WrongSettingException">One of them can't be used.</exception>
    public void Open()
    {
        place.Open();
        using var database = records.CreateDbContext();
        var path = Path.GetFullPath(options.Value.PepperFile, folders.Data);
        var row = database.Ring.AsNoTracking().SingleOrDefault();
        pepper = Pepper.Open(path, mayCreate: row is null);
        if (row is null)
        {
            database.Database.ExecuteSql($"INSERT INTO key_ring (\"Id\", \"Version\", \"PepperMark\") VALUES ({RingRow.Only}, {0L}, {pepper.Mark}) ON CONFLICT DO NOTHING");
            row = database.Ring.AsNoTracking().Single(); // the command's, if it was first
        }

        if (row.PepperMark != pepper.Mark) throw new WrongSettingException($"Keys:PepperFile {path} is not the one that the keys in {place.Name} were made with. Bring that one back from a copy, or remove the database and make new keys.");
        var callers = database.Callers.AsNoTracking().ToLookup(caller => caller.KeyId, StringComparer.Ordinal);
        var hours = database.Hours.AsNoTracking().ToLookup(hour => hour.KeyId, StringComparer.Ordinal);
        Hang(Read(database), row.Version);
        foreach (var held in ring.Keys) held.Use.Restore(callers[held.Key.Id].Select(KeyRowForms.Caller), hours[held.Key.Id].Select(hour => new KeyHour(hour.Hour, hour.Requests, hour.Refused)));
    }

    /// <summary>Makes a key.</summary>
    /// <returns>The key and its secret, which nothing tells a second time; or why not.</returns>
    public Task<KeyChange> CreateAsync(KeyOrder order, KeyActor by, CancellationToken stop) => ChangeAsync(async (database, now) =>
    {
        if (await database.Keys.AnyAsync(key => key.Name == order.Name && key.RevokedAt == null, stop)) return KeyChange.Conflict($"There is a key named {order.Name} already. Rotate it, revoke it, or take another name.");
        var id = KeyText.NewId();
        var text = KeyText.New(id);
        database.Keys.Add(new()
        {
            Id = id,
            Name = order.Name,
            Scopes = string.Join(',', ScopeNames.Of(order.Scopes)),
            ServerPrefix = order.ServerPrefix,
            Networks = string.Join(',', order.Networks),
            FeedPerMinute = order.FeedPerMinute,
            ReadPerMinute = order.ReadPerMinute,
            CreatedAt = now,
            CreatedBy = by.Name,
            ExpiresAt = now.AddDays(order.Days),
            Secrets = [NewSecret(id, 1, text, now)],
        });
        return Audited(database, by, now, "key.created", id, $"{order.Name}: {string.Join(", ", ScopeNames.Of(order.Scopes))}, {order.Days} days", text);
    }, stop);

    /// <summary>Gives a key a new secret; the old one works on for the grace.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="grace">How long the old secret works on; null for the setting's.</param>
    /// <param name="by">Who.</param>
    /// <param name="stop">Gives up while nothing has been changed.</param>
    public Task<KeyChange> RotateAsync(string id, TimeSpan? grace, KeyActor by, CancellationToken stop) => ChangeAsync(async (database, now) =>
    {
        if (await FindAsync(database, id, stop) is not { } key) return KeyChange.Unknown(id);
        if (Over(key, now) is { } over) return over;
        if (key.Secrets.Skip(1).FirstOrDefault(old => old.EndsAt > now) is { } still)
            return KeyChange.Conflict(string.Create(CultureInfo.InvariantCulture, $"This key is being rotated already: its old secret works until {still.EndsAt:u}. End that first."));
        var length = grace ?? TimeSpan.FromHours(options.Value.GraceHours);
        var text = KeyText.New(id);
        key.Secrets[0].EndsAt = now + length;
        key.Secrets.Add(NewSecret(id, key.Secrets[0].Number + 1, text, now));
        database.Secrets.RemoveRange(key.Secrets[..^1].Skip(SecretsKept - 1));
        return Audited(database, by, now, "key.rotated", id, string.Create(CultureInfo.InvariantCulture, $"{key.Name}: the old secret works for {length.TotalHours:0.##} h more"), text);
    }, stop);

    /// <summary>Ends the old secret of a key that is being rotated, now.</summary>
    public Task<KeyChange> EndGraceAsync(string id, KeyActor by, CancellationToken stop) => ChangeAsync(async (database, now) =>
    {
        if (await FindAsync(database, id, stop) is not { } key) return KeyChange.Unknown(id);
        if (key.Secrets.Skip(1).FirstOrDefault(old => old.EndsAt > now) is not { } old) return KeyChange.Conflict("This key is not being rotated: it has one secret.");
        old.EndsAt = now;
        return Audited(database, by, now, "key.grace_ended", id, key.Name);
    }, stop);

    /// <summary>Revokes a key, with all of its secrets and for ever.</summary>
    public Task<KeyChange> RevokeAsync(string id, KeyActor by, CancellationToken stop) => ChangeAsync(async (database, now) =>
    {
        if (await FindAsync(database, id, stop) is not { } key) return KeyChange.Unknown(id);
        if (key.RevokedAt is not null) return KeyChange.Done(id); // asked twice, done once
        key.RevokedAt = now;
        return Audited(database, by, now, "key.revoked", id, key.Name);
    }, stop);

    /// <summary>Hangs what the command has changed meanwhile.</summary>
    /// <returns>Whether anything was.</returns>
    public async Task<bool> RefreshAsync(CancellationToken stop)
    {
        await using var database = await records.CreateDbContextAsync(stop);
        var current = await database.Ring.Select(row => row.Version).SingleAsync(stop);
        if (current == Volatile.Read(ref version)) return false;
        await turn.WaitAsync(stop);
        try
        {
            await HangAsync(database, stop);
            return true;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<KeyChange> ChangeAsync(Func<PortalRecords, DateTimeOffset, Task<KeyChange>> change, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            await using var database = await records.CreateDbContextAsync(stop);
            await using var transaction = await database.BeginChangeAsync(stop);
            var done = await change(database, clock.GetUtcNow());
            if (done.Problem is not null) return done;
            await database.Ring.ExecuteUpdateAsync(row => row.SetProperty(ring => ring.Version, ring => ring.Version + 1), stop);
            await database.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
            await HangAsync(database, CancellationToken.None); // what is done holds, even if whoever asked for it has gone
            return done with { Held = ring.Get(done.Id!) };
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task HangAsync(PortalRecords database, CancellationToken stop)
    {
        database.ChangeTracker.Clear();
        await using var reading = await database.BeginLookAsync(stop); // the version and the keys of one moment
        var current = await database.Ring.Select(row => row.Version).SingleAsync(stop);
        Hang(await database.Keys.AsNoTracking().Include(key => key.Secrets).ToListAsync(stop), current);
    }

    private void Hang(List<KeyRow> rows, long current)
    {
        var keys = rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id, StringComparer.Ordinal).Select(row => new HeldKey(KeyRowForms.Key(row), ring.Get(row.Id)?.Use ?? new()));
        ring.Hang(new(pepper, [.. keys]));
        Volatile.Write(ref version, current);
    }

    private SecretRow NewSecret(string id, int number, string text, DateTimeOffset now)
    {
        var digest = new byte[32];
        pepper!.Digest(text, digest);
        return new() { KeyId = id, Number = number, Digest = digest, IssuedAt = now };
    }

    private static List<KeyRow> Read(PortalRecords database) => [.. database.Keys.AsNoTracking().Include(key => key.Secrets)];

    private static async Task<KeyRow?> FindAsync(PortalRecords database, string id, CancellationToken stop)
    {
        var key = await database.Keys.Include(row => row.Secrets).SingleOrDefaultAsync(row => row.Id == id, stop);
        key?.Secrets.Sort((one, other) => other.Number.CompareTo(one.Number));
        return key;
    }

    private static KeyChange? Over(KeyRow key, DateTimeOffset now) =>
        key.RevokedAt is not null ? KeyChange.Conflict("This key is revoked; that can't be undone. Create another.")
        : key.ExpiresAt <= now ? KeyChange.Conflict("This key has expired. Create another.")
        : null;

    private static KeyChange Audited(PortalRecords database, KeyActor by, DateTimeOffset now, string action, string id, string detail, string? text = null)
    {
        database.Audit.Add(new() { At = now, Actor = by.Name, Origin = by.Origin, Action = action, Subject = id, Detail = detail });
        return KeyChange.Done(id, text);
    }
}
