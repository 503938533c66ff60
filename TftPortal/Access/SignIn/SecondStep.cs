using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Records;

namespace TftPortal.Access.SignIn;

/// <summary>The second step of a sign-in: codes of an authenticator app, and recovery codes for when it is lost. Each code is good once.</summary>
internal sealed class SecondStep(IDbContextFactory<PortalRecords> records, Users users, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>How many recovery codes there are at first.</summary>
    public const int RecoveryCodes = 10;

    private readonly IDataProtector protector = protection.CreateProtector("TftPortal.Totp");

    /// <summary>A new secret, protected, to be carried by a form until its first code confirms it.</summary>
    public string Propose() => protector.Protect(Convert.ToBase64String(Totp.NewSecret()));

    /// <summary>The bytes of a protected secret; null where it is none of this portal's.</summary>
    public byte[]? Open(string protectedSecret)
    {
        try
        {
            return Convert.FromBase64String(protector.Unprotect(protectedSecret));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>What an authenticator app reads from the picture.</summary>
    public static string AddressOf(byte[] secret, string email) => $"otpauth://totp/TftPortal:{Uri.EscapeDataString(email)}?secret={Totp.ToBase32(secret)}&issuer=TftPortal";

    /// <summary>Sets the second step up, once a code of the app proves that it works.</summary>
    /// <returns>The change, and the recovery codes in clear, told here and never again.</returns>
    public async Task<(UserChange Change, string[] Codes)> EnrolAsync(string userId, string protectedSecret, string code, KeyActor by, CancellationToken stop)
    {
        string[] codes = [];
        var change = await users.ChangeAsync(by, async (database, manager, now) =>
        {
            if (await manager.FindByIdAsync(userId) is not { } user) return UserChange.Unknown;
            if (user.TotpSecret is not null) return UserChange.Refused("A second step is set up already. Remove it first.");
            if (Open(protectedSecret) is not { } secret || Totp.Match(secret, Clean(code), now) is not { } step) return UserChange.Refused("That is not the code that the app shows now. Look whether the clock of the telephone is right.");
            (user.TotpSecret, user.TotpLastStep) = (protectedSecret, step);
            codes = await RenewCodesAsync(database, userId, stop);
            await manager.UpdateAsync(user);
            return UserChange.Done(user, "user.totp_enabled", "");
        }, stop);
        return (change, change.Problem is null ? codes : []);
    }

    /// <summary>Makes new recovery codes; those before are worth nothing.</summary>
    public async Task<(UserChange Change, string[] Codes)> RenewCodesAsync(string userId, KeyActor by, CancellationToken stop)
    {
        string[] codes = [];
        var change = await users.ChangeAsync(by, async (database, manager, now) =>
        {
            if (await manager.FindByIdAsync(userId) is not { TotpSecret: not null } user) return UserChange.Refused("Set up the second step first.");
            codes = await RenewCodesAsync(database, userId, stop);
            return UserChange.Done(user, "user.recovery_codes_made", "");
        }, stop);
        return (change, change.Problem is null ? codes : []);
    }

    /// <summary>Takes the second step away, at its owner's own wish; the other sessions end.</summary>
    public Task<UserChange> RemoveAsync(string userId, long? session, KeyActor by, CancellationToken stop) => users.ChangeAsync(by, async (database, manager, now) =>
    {
        if (await manager.FindByIdAsync(userId) is not { TotpSecret: not null } user) return UserChange.Refused("There is no second step.");
        user.TotpSecret = null;
        await database.RecoveryCodes.Where(row => row.UserId == userId).ExecuteDeleteAsync(stop);
        await Sessions.EndAllAsync(database, userId, session, stop);
        await manager.UpdateAsync(user);
        return UserChange.Done(user, "user.totp_removed", "");
    }, stop);

    /// <summary>How many recovery codes are left.</summary>
    public async Task<int> CountCodesAsync(string userId, CancellationToken stop)
    {
        await using var database = await records.CreateDbContextAsync(stop);
        return await database.RecoveryCodes.CountAsync(row => row.UserId == userId, stop);
    }

    /// <summary>Whether a code opens, of the app or a recovery code; it is used up by that, and of two who send the same at once one gets in.</summary>
    public async Task<bool> UseAsync(PortalUser user, string code, CancellationToken stop)
    {
        var sent = Clean(code);
        await using var database = await records.CreateDbContextAsync(stop);
        if (sent.Length == 6)
            return user.TotpSecret is not null && Open(user.TotpSecret) is { } secret && Totp.Match(secret, sent, clock.GetUtcNow()) is { } step
                && await database.Users.Where(row => row.Id == user.Id && row.TotpLastStep < step && row.DisabledAt == null).ExecuteUpdateAsync(row => row.SetProperty(known => known.TotpLastStep, step), stop) == 1;
        var digest = SecretText.Digest(sent.ToUpperInvariant());
        return await database.RecoveryCodes.Where(row => row.UserId == user.Id && row.Digest == digest).ExecuteDeleteAsync(stop) == 1;
    }

    private static async Task<string[]> RenewCodesAsync(PortalRecords database, string userId, CancellationToken stop)
    {
        await database.RecoveryCodes.Where(row => row.UserId == userId).ExecuteDeleteAsync(stop);
        string[] codes = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => Totp.ToBase32(RandomNumberGenerator.GetBytes(10)))];
        database.RecoveryCodes.AddRange(codes.Select(code => new RecoveryRow { UserId = userId, Digest = SecretText.Digest(code) }));
        return [.. codes.Select(code => string.Join('-', code.Chunk(4).Select(part => new string(part))).ToLowerInvariant())];
    }

    private static string Clean(string code) => code.Length > 64 ? "" : new([.. code.Where(char.IsLetterOrDigit)]);
}
