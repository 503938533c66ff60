using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Audit;
using TftPortal.Access.Records;

namespace TftPortal.Access.SignIn;

/// <summary>
/// The browsers that have signed in. A session is a row: whoever ends the row has ended the session, with the next request, and for an open page within <see cref="SignInOptions.RecheckSeconds"/>.
/// The user's role is read with it each time, never from the cookie.
/// </summary>
internal sealed class Sessions(IDbContextFactory<PortalRecords> records, TotpRule totp, IOptions<SignInOptions> options, TimeProvider clock)
{
    /// <summary>The claim with the session's number.</summary>
    public const string NumberClaim = "tft:session";

    /// <summary>The claim with the address that the page's request came from.</summary>
    public const string AddressClaim = "tft:address";

    /// <summary>The claim of somebody who must set up a second step before anything else.</summary>
    public const string MustEnrolClaim = "tft:must-enrol";

    private const int MaxAgent = 200;
    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);

    /// <summary>Begins a session, always with a new text: one that somebody else has put into the browser is never taken over. The browser's former session ends.</summary>
    public async Task StartAsync(HttpContext http, PortalUser user, CancellationToken stop)
    {
        var text = SecretText.New();
        var now = clock.GetUtcNow();
        await using var database = await records.CreateDbContextAsync(stop);
        if (SessionCookie.Read(http) is { } former)
        {
            var digest = SecretText.Digest(former);
            await database.Sessions.Where(row => row.Digest == digest).ExecuteDeleteAsync(stop);
        }

        var idle = now - TimeSpan.FromHours(options.Value.IdleHours);
        await database.Sessions.Where(row => row.EndsAt <= now || row.LastSeenAt <= idle).ExecuteDeleteAsync(stop);
        database.Sessions.Add(new()
        {
            Digest = SecretText.Digest(text),
            UserId = user.Id,
            StartedAt = now,
            LastSeenAt = now,
            EndsAt = now.AddHours(options.Value.MaxHours),
            Address = http.Connection.RemoteIpAddress?.ToString() ?? "unknown",
            UserAgent = AgentOf(http),
        });
        await database.SaveChangesAsync(stop);
        await database.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(row => row.SetProperty(known => known.LastSignInAt, now), stop);
        SessionCookie.Write(http, text);
    }

    /// <summary>Who sends a request; null where no session stands.</summary>
    public async Task<ClaimsPrincipal?> FindAsync(HttpContext http, string text, CancellationToken stop)
    {
        var digest = SecretText.Digest(text);
        await using var database = await records.CreateDbContextAsync(stop);
        var found = await (from session in database.Sessions join user in database.Users on session.UserId equals user.Id where session.Digest == digest select new { session, user }).AsNoTracking().SingleOrDefaultAsync(stop);
        if (found is null || !Stands(found.session, found.user)) return null;
        await TouchAsync(database, found.session, http.Connection.RemoteIpAddress?.ToString() ?? "unknown", AgentOf(http), stop);
        return Principal(found.session.Number, found.user, http);
    }

    /// <summary>Whether what an open page believes of its visitor is still so: the session stands and the role is the same. An open page counts as use.</summary>
    public async Task<bool> StillHoldsAsync(ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (NumberOf(visitor) is not { } number) return false;
        await using var database = await records.CreateDbContextAsync(stop);
        var found = await (from session in database.Sessions join user in database.Users on session.UserId equals user.Id where session.Number == number select new { session, user }).AsNoTracking().SingleOrDefaultAsync(stop);
        if (found is null || !Stands(found.session, found.user) || RoleOf(found.user) != PortalRoles.RoleOf(visitor)) return false;
        await TouchAsync(database, found.session, found.session.Address, found.session.UserAgent, stop);
        return true;
    }

    /// <summary>A user's sessions, the last seen first.</summary>
    public async Task<List<SessionRow>> OfAsync(string userId, CancellationToken stop)
    {
        await using var database = await records.CreateDbContextAsync(stop);
        var rows = await database.Sessions.AsNoTracking().Where(row => row.UserId == userId).ToListAsync(stop);
        return [.. rows.Where(IsInTime).OrderByDescending(row => row.LastSeenAt)];
    }

    /// <summary>Ends one session of a user.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> EndAsync(string userId, long number, KeyActor by, CancellationToken stop)
    {
        await using var database = await records.CreateDbContextAsync(stop);
        await using var transaction = await database.BeginChangeAsync(stop);
        if (await database.Sessions.Where(row => row.UserId == userId && row.Number == number).ExecuteDeleteAsync(stop) == 0) return false;
        database.Audit.Add(AuditTrail.Entry(clock.GetUtcNow(), by.Name, by.Origin, "session.ended", number.ToString(CultureInfo.InvariantCulture), ""));
        await database.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return true;
    }

    /// <summary>Ends all sessions of a user, but for one where that is said.</summary>
    public static Task<int> EndAllAsync(PortalRecords database, string userId, long? but, CancellationToken stop) =>
        database.Sessions.Where(row => row.UserId == userId && row.Number != but).ExecuteDeleteAsync(stop);

    /// <summary>The number of a visitor's session; null where there is none.</summary>
    public static long? NumberOf(ClaimsPrincipal visitor) => long.TryParse(visitor.FindFirstValue(NumberClaim), CultureInfo.InvariantCulture, out var number) ? number : null;

    private bool Stands(SessionRow session, PortalUser user) => IsInTime(session) && user.DisabledAt is null;

    private bool IsInTime(SessionRow session) => clock.GetUtcNow() is var now && session.EndsAt > now && session.LastSeenAt.AddHours(options.Value.IdleHours) > now;

    // Null for somebody who must set up a second step first: no role, so no page but that one. Who has no password comes from single sign-on, where second steps are the provider's to ask for.
    private string? RoleOf(PortalUser user) => user.PasswordHash is not null && totp.IsRequiredOf(user.Role) && user.TotpSecret is null ? null : user.Role;

    private ClaimsPrincipal Principal(long number, PortalUser user, HttpContext http)
    {
        var role = RoleOf(user);
        return new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, user.Id),
            new(ClaimTypes.Name, user.Email ?? user.Id),
            new(NumberClaim, number.ToString(CultureInfo.InvariantCulture)),
            new(AddressClaim, http.Connection.RemoteIpAddress?.ToString() ?? "unknown"),
            .. role is null ? [new(MustEnrolClaim, "true")] : PortalRoles.ClaimsOf(role),
        ], PortalSchemes.Cookie));
    }

    private async Task TouchAsync(PortalRecords database, SessionRow session, string address, string agent, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (now - session.LastSeenAt < TouchEvery) return;
        await database.Sessions.Where(row => row.Number == session.Number)
            .ExecuteUpdateAsync(row => row.SetProperty(known => known.LastSeenAt, now).SetProperty(known => known.Address, address).SetProperty(known => known.UserAgent, agent), stop);
    }

    private static string AgentOf(HttpContext http) => http.Request.Headers.UserAgent.ToString() is var agent && agent.Length <= MaxAgent ? agent : agent[..MaxAgent];
}
