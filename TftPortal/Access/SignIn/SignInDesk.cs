using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TftPortal.Access.Audit;
using TftPortal.Access.Records;

namespace TftPortal.Access.SignIn;

/// <summary>
/// Lets people in by password and, where one is set up, by a second step. An unknown address, a disabled user and a wrong password are answered in the same words after the same work;
/// tries are counted by <see cref="SignInThrottle"/> before any of it.
/// </summary>
internal sealed class SignInDesk(
    IDbContextFactory<PortalRecords> records, IPasswordHasher<PortalUser> hasher, SecondStep second, Sessions sessions, SignInThrottle throttle, KnownDevice devices, AuditTrail audit,
    IDataProtectionProvider protection, ILookupNormalizer names, IOptions<SignInOptions> options, TimeProvider clock) : IDisposable
{
    private const int FreeByAddress = 20;
    private const int FreeByAccount = 5;
    private static readonly TimeSpan SecondStepWithin = TimeSpan.FromMinutes(5);
    private readonly IDataProtector pending = protection.CreateProtector("TftPortal.SecondStep");
    private readonly PortalUser nobody = new() { Role = PortalRoles.Viewer, CreatedAt = default, CreatedBy = "" };
    private readonly SemaphoreSlim work = new(Math.Max(1, Environment.ProcessorCount / 2)); // a password costs a tenth of a second on purpose: a flood of them shall not take every core
    private string? hashOfNothing;

    /// <summary>Whether a password may be sent to this portal as this request came.</summary>
    public bool IsPrivate(HttpContext http) =>
        http.Request.IsHttps || options.Value.AllowPlainHttp || http.Connection.RemoteIpAddress is null || System.Net.IPAddress.IsLoopback(http.Connection.RemoteIpAddress);

    /// <summary>The first step.</summary>
    public async Task<SignInAnswer> TryPasswordAsync(HttpContext http, string email, string password, CancellationToken stop)
    {
        if (!IsPrivate(http)) return SignInAnswer.NotPrivate;
        var account = names.NormalizeEmail(email.Trim()) ?? "";
        var (budget, address) = (BudgetOf(http, account), AddressBudget(http));
        if (throttle.Try((budget, FreeByAccount), (address, FreeByAddress)) is { } wait) return await WaitAsync(http, email, wait, stop);

        await using var database = await records.CreateDbContextAsync(stop);
        var user = await database.Users.AsNoTracking().SingleOrDefaultAsync(known => known.NormalizedEmail == account, stop);
        if (!await IsPasswordAsync(user, password, stop) || user!.DisabledAt is not null) return await FailAsync(http, email, "wrong e-mail address or password", stop);
        throttle.Clear(budget);
        throttle.TakeBack(address);
        if (user.TotpSecret is not null) return SignInAnswer.NeedsCode(pending.Protect(string.Create(CultureInfo.InvariantCulture, $"{user.Id}\n{user.SecurityStamp}\n{(clock.GetUtcNow() + SecondStepWithin).ToUnixTimeMilliseconds()}")));
        await EnterAsync(http, user, "password", stop);
        return SignInAnswer.Done;
    }

    /// <summary>The second step.</summary>
    /// <param name="http">The request.</param>
    /// <param name="proof">What the first step gave.</param>
    /// <param name="code">The app's code, or a recovery code.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<SignInAnswer> TryCodeAsync(HttpContext http, string proof, string code, CancellationToken stop)
    {
        if (!IsPrivate(http)) return SignInAnswer.NotPrivate;
        if (await OpenProofAsync(proof, stop) is not { } user) return SignInAnswer.StartAgain;
        // Whoever comes here knows the password, so all of them share a budget: a million codes are soon tried from a thousand addresses.
        var (budget, address) = ($"code:{user.Id}", AddressBudget(http));
        if (throttle.Try((budget, FreeByAccount), (address, FreeByAddress)) is { } wait) return await WaitAsync(http, user.Email!, wait, stop) with { Proof = proof };
        if (!await second.UseAsync(user, code, stop)) return await FailAsync(http, user.Email!, "wrong code", stop) with { Proof = proof };
        throttle.Clear(budget);
        throttle.TakeBack(address);
        await EnterAsync(http, user, "password and code", stop);
        return SignInAnswer.Done;
    }

    /// <summary>Whether a user who has signed in knows the password: asked again before what would lock the owner out. Limited as signing in is.</summary>
    public async Task<bool?> ConfirmAsync(PortalUser user, string password, CancellationToken stop)
    {
        var budget = $"confirm:{user.Id}";
        if (throttle.Try((budget, FreeByAccount)) is not null) return null;
        if (!await IsPasswordAsync(user, password, stop)) return false;
        throttle.Clear(budget);
        return true;
    }

    /// <summary>Begins a session for somebody who has proved who it is.</summary>
    public async Task EnterAsync(HttpContext http, PortalUser user, string how, CancellationToken stop)
    {
        await sessions.StartAsync(http, user, stop);
        devices.Remember(http, user.NormalizedEmail!);
        await audit.WriteAsync($"user {user.Email}", Origin(http), "signin.succeeded", user.Email!, how, stop);
    }

    public void Dispose() => work.Dispose();

    private static string Origin(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private static string AddressBudget(HttpContext http) => $"address:{ClientAddress.Of(http.Connection.RemoteIpAddress)}";

    private string BudgetOf(HttpContext http, string account) =>
        devices.Find(http, account) is { } device ? $"device:{device}" : $"account:{ClientAddress.Of(http.Connection.RemoteIpAddress)} {(account.Length > 256 ? account[..256] : account)}";

    private async Task<bool> IsPasswordAsync(PortalUser? user, string password, CancellationToken stop)
    {
        var isTooLong = password.Length > PasswordRules.MaxLength;
        await work.WaitAsync(stop);
        try
        {
            hashOfNothing ??= hasher.HashPassword(nobody, SecretText.New());
            var fits = hasher.VerifyHashedPassword(user ?? nobody, user?.PasswordHash ?? hashOfNothing, isTooLong ? "" : password) != PasswordVerificationResult.Failed;
            return fits && user?.PasswordHash is not null && !isTooLong;
        }
        finally
        {
            work.Release();
        }
    }

    private async Task<PortalUser?> OpenProofAsync(string proof, CancellationToken stop)
    {
        try
        {
            if (pending.Unprotect(proof).Split('\n') is not [var id, var stamp, var end] || long.Parse(end, CultureInfo.InvariantCulture) < clock.GetUtcNow().ToUnixTimeMilliseconds()) return null;
            await using var database = await records.CreateDbContextAsync(stop);
            return await database.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id && user.SecurityStamp == stamp && user.DisabledAt == null, stop);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private async Task<SignInAnswer> FailAsync(HttpContext http, string email, string reason, CancellationToken stop)
    {
        await audit.WriteAsync("somebody", Origin(http), "signin.failed", NameFor(email), reason, stop);
        return SignInAnswer.Wrong;
    }

    private async Task<SignInAnswer> WaitAsync(HttpContext http, string email, TimeSpan wait, CancellationToken stop)
    {
        // Once in a quarter of an hour for each address: a flood must not fill the audit.
        if (throttle.Try(($"told:{ClientAddress.Of(http.Connection.RemoteIpAddress)}", 0)) is null) await audit.WriteAsync("somebody", Origin(http), "signin.throttled", NameFor(email), "too many failures", stop);
        return SignInAnswer.Wait(wait);
    }

    // People type passwords into the wrong field.
    private static string NameFor(string email) => email.Contains('@', StringComparison.Ordinal) ? email.Trim() : "(no e-mail address)";
}
