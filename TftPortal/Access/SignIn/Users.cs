using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Audit;
using TftPortal.Access.Records;

namespace TftPortal.Access.SignIn;

/// <summary>
/// Makes and changes users: each change, its audit entry and the end of the sessions that it ends in one transaction. There is always an admin who can sign in: the last one is neither disabled nor demoted.
/// </summary>
internal sealed class Users(IServiceScopeFactory scopes, UserCount count, IOptions<SignInOptions> options, TimeProvider clock)
{
    /// <summary>Makes the first admin; of several who try at once one succeeds.</summary>
    public Task<UserChange> CreateFirstAdminAsync(string email, string password, KeyActor by, CancellationToken stop) => ChangeAsync(by, async (database, manager, now) =>
    {
        if (await database.Users.AnyAsync(stop)) return UserChange.Refused("There is an admin already.");
        var user = New(email, PortalRoles.Admin, by, now);
        database.FirstAdmin.Add(new() { UserId = user.Id, At = now });
        if (Fault(await manager.CreateAsync(user, password)) is { } fault) return fault;
        return UserChange.Done(user, "user.created", "the first admin");
    }, stop);

    /// <summary>Makes a user who chooses a password by a one-time link.</summary>
    public Task<UserChange> CreateAsync(string email, string role, KeyActor by, CancellationToken stop) => ChangeAsync(by, async (database, manager, now) =>
    {
        if (!PortalRoles.All.Contains(role)) return UserChange.Refused($"There is no role {role}.");
        var user = New(email, role, by, now);
        var link = NewLink(user, now);
        if (Fault(await manager.CreateAsync(user)) is { } fault) return fault;
        return UserChange.Done(user, "user.created", role) with { Link = link };
    }, stop);

    /// <summary>Gives a user another one-time link, for a forgotten password; the password before works until another is chosen.</summary>
    public Task<UserChange> RenewLinkAsync(string id, KeyActor by, CancellationToken stop) => ChangeAsync(by, async (database, manager, now) =>
    {
        if (await manager.FindByIdAsync(id) is not { } user) return UserChange.Unknown;
        if (await SignsInElsewhereAsync(database, id, stop)) return UserChange.Refused($"{user.Email} signs in by single sign-on and has no password here.");
        var link = NewLink(user, now);
        return Fault(await manager.UpdateAsync(user)) ?? UserChange.Done(user, "user.link_made", "") with { Link = link };
    }, stop);

    /// <summary>Sets the password that a one-time link was given for; the link and all sessions end.</summary>
    public Task<UserChange> UseLinkAsync(string link, string password, string origin, CancellationToken stop)
    {
        var digest = SecretText.Digest(link);
        return ChangeAsync(new("one-time link", origin), async (database, manager, now) =>
        {
            if (await database.Users.SingleOrDefaultAsync(row => row.LinkDigest == digest, stop) is not { } user || user.LinkEndsAt <= now || user.DisabledAt is not null) return UserChange.Refused("This link is used up or too old. Ask an admin for another.");
            (user.LinkDigest, user.LinkEndsAt) = (null, null);
            if (await SetPasswordAsync(manager, user, password) is { } fault) return fault;
            await Sessions.EndAllAsync(database, user.Id, null, stop);
            return UserChange.Done(user, "user.password_set", "by one-time link");
        }, stop);
    }

    /// <summary>Whether a one-time link still holds.</summary>
    public async Task<string?> OwnerOfLinkAsync(string link, CancellationToken stop)
    {
        var digest = SecretText.Digest(link);
        await using var scope = scopes.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<PortalRecords>().Users.AsNoTracking().SingleOrDefaultAsync(row => row.LinkDigest == digest, stop);
        return user is { DisabledAt: null } && user.LinkEndsAt > clock.GetUtcNow() ? user.Email : null;
    }

    /// <summary>Changes a user's own password; the other sessions end.</summary>
    /// <param name="id">Whose.</param>
    /// <param name="password">The new one.</param>
    /// <param name="session">The session that stays.</param>
    /// <param name="by">The user, as the audit names people.</param>
    /// <param name="stop">Gives up while nothing has been changed.</param>
    public Task<UserChange> ChangePasswordAsync(string id, string password, long? session, KeyActor by, CancellationToken stop) => ChangeAsync(by, async (database, manager, now) =>
    {
        if (await manager.FindByIdAsync(id) is not { } user) return UserChange.Unknown;
        if (await SetPasswordAsync(manager, user, password) is { } fault) return fault;
        await Sessions.EndAllAsync(database, id, session, stop);
        return UserChange.Done(user, "user.password_changed", "");
    }, stop);

    /// <summary>Gives a user another role; the user's sessions end.</summary>
    public Task<UserChange> SetRoleAsync(string id, string role, KeyActor by, CancellationToken stop) => ChangeAsync(by, async (database, manager, now) =>
    {
        if (await manager.FindByIdAsync(id) is not { } user) return UserChange.Unknown;
        if (!PortalRoles.All.Contains(role)) return UserChange.Refused($"There is no role {role}.");
        if (user.Role == role) return UserChange.Same(user);
        if (await SignsInElsewhereAsync(database, id, stop)) return UserChange.Refused($"The role of {user.Email} is that of the groups of single sign-on. Change the groups there.");
        if (await IsLastAdminAsync(database, user, stop)) return UserChange.Refused($"{user.Email} is the last admin. Make another one first.");
        var before = user.Role;
        user.Role = role;
        await Sessions.EndAllAsync(database, id, null, stop);
        return Fault(await manager.UpdateAsync(user)) ?? UserChange.Done(user, "user.role_changed", $"{before} to {role}");
    }, stop);

    /// <summary>Disables or enables a user; a disabled one's sessions end.</summary>
    public Task<UserChange> SetDisabledAsync(string id, bool disabled, KeyActor by, CancellationToken stop) => ChangeAsync(by, async (database, manager, now) =>
    {
        if (await manager.FindByIdAsync(id) is not { } user) return UserChange.Unknown;
        if (user.DisabledAt is not null == disabled) return UserChange.Same(user);
        if (disabled && await IsLastAdminAsync(database, user, stop)) return UserChange.Refused($"{user.Email} is the last admin. Make another one first.");
        user.DisabledAt = disabled ? now : null;
        if (disabled) (user.LinkDigest, user.LinkEndsAt) = (null, null);
        await Sessions.EndAllAsync(database, id, null, stop);
        return Fault(await manager.UpdateAsync(user)) ?? UserChange.Done(user, disabled ? "user.disabled" : "user.enabled", "");
    }, stop);

    /// <summary>Takes a user's second step away, for a lost telephone; the user's sessions end.</summary>
    public Task<UserChange> ResetTotpAsync(string id, KeyActor by, CancellationToken stop) => ChangeAsync(by, async (database, manager, now) =>
    {
        if (await manager.FindByIdAsync(id) is not { } user) return UserChange.Unknown;
        user.TotpSecret = null;
        await database.RecoveryCodes.Where(row => row.UserId == id).ExecuteDeleteAsync(stop);
        await Sessions.EndAllAsync(database, id, null, stop);
        return Fault(await manager.UpdateAsync(user)) ?? UserChange.Done(user, "user.totp_reset", "");
    }, stop);

    /// <summary>Ends all sessions of a user, but for one where that is said.</summary>
    public Task<UserChange> EndSessionsAsync(string id, long? but, KeyActor by, CancellationToken stop) => ChangeAsync(by, async (database, manager, now) =>
        await manager.FindByIdAsync(id) is not { } user ? UserChange.Unknown
        : UserChange.Done(user, "user.sessions_ended", $"{await Sessions.EndAllAsync(database, id, but, stop)} ended"), stop);

    /// <summary>Every user, by address, with the number of sessions.</summary>
    public async Task<List<(PortalUser User, int Sessions)>> ListAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PortalRecords>();
        var now = clock.GetUtcNow();
        var idle = now.AddHours(-options.Value.IdleHours);
        var sessions = (await database.Sessions.AsNoTracking().Where(row => row.EndsAt > now && row.LastSeenAt > idle).ToListAsync(stop)).CountBy(row => row.UserId).ToDictionary(StringComparer.Ordinal);
        return [.. (await database.Users.AsNoTracking().OrderBy(user => user.NormalizedEmail).ToListAsync(stop)).Select(user => (user, sessions.GetValueOrDefault(user.Id)))];
    }

    /// <summary>The user of an id; null where there is none.</summary>
    public async Task<PortalUser?> FindAsync(string id, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalRecords>().Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id, stop);
    }

    /// <summary>Does a change, with its audit entry, in one transaction.</summary>
    public async Task<UserChange> ChangeAsync(KeyActor by, Func<PortalRecords, UserManager<PortalUser>, DateTimeOffset, Task<UserChange>> change, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PortalRecords>();
        var now = clock.GetUtcNow();
        try
        {
            await using var transaction = await database.BeginChangeAsync(stop);
            var done = await change(database, scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>(), now);
            if (done.Problem is not null) return done;
            if (done.Action.Length > 0) database.Audit.Add(AuditTrail.Entry(now, by.Name, by.Origin, done.Action, done.User!.Email ?? done.User.Id, done.Detail));
            await database.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
            count.SetAny();
            return done;
        }
        catch (DbUpdateException raced) when (raced.InnerException is DbException)
        {
            return UserChange.Refused("Somebody else changed the same just now. Look again.");
        }
    }

    private static async Task<UserChange?> SetPasswordAsync(UserManager<PortalUser> manager, PortalUser user, string password)
    {
        if (PasswordRules.FaultOf(password, user.Email) is { } weak) return UserChange.Refused(weak);
        user.PasswordHash = manager.PasswordHasher.HashPassword(user, password);
        return Fault(await manager.UpdateSecurityStampAsync(user));
    }

    private static Task<bool> SignsInElsewhereAsync(PortalRecords database, string id, CancellationToken stop) => database.Logins.AnyAsync(login => login.UserId == id, stop);

    // An admin by single sign-on is one for as long as the provider's groups say so: whoever has a password here is not stood in for by them.
    private static async Task<bool> IsLastAdminAsync(PortalRecords database, PortalUser user, CancellationToken stop)
    {
        if (user is not { Role: PortalRoles.Admin, DisabledAt: null }) return false;
        var others = database.Users.Where(other => other.Id != user.Id && other.Role == PortalRoles.Admin && other.DisabledAt == null);
        if (!await SignsInElsewhereAsync(database, user.Id, stop)) others = others.Where(other => !database.Logins.Any(login => login.UserId == other.Id));
        return !await others.AnyAsync(stop);
    }

    private static PortalUser New(string email, string role, KeyActor by, DateTimeOffset now) =>
        new() { UserName = email.Trim(), Email = email.Trim(), Role = role, CreatedAt = now, CreatedBy = by.Name };

    private string NewLink(PortalUser user, DateTimeOffset now)
    {
        var link = SecretText.New();
        (user.LinkDigest, user.LinkEndsAt) = (SecretText.Digest(link), now.AddHours(options.Value.LinkHours));
        return link;
    }

    private static UserChange? Fault(IdentityResult result) => result.Succeeded ? null : UserChange.Refused(string.Join(' ', result.Errors.Select(error => error.Code switch
    {
        "DuplicateUserName" or "DuplicateEmail" => "There is a user with this e-mail address already.",
        "InvalidEmail" or "InvalidUserName" => "This is no e-mail address.",
        _ => error.Description,
    }).Distinct(StringComparer.Ordinal)));
}
