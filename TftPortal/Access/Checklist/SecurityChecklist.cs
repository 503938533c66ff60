using System.Globalization;
using Microsoft.Extensions.Options;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Protection;
using TftPortal.Access.Records;
using TftPortal.Access.SignIn;
using TftPortal.Settings;

namespace TftPortal.Access.Checklist;

/// <summary>Looks at how this portal is set up, as a reviewer would: from what it does, not from what its settings promise. Reads a few files' modes and the users; cheap enough for a page.</summary>
internal sealed class SecurityChecklist(
    Listeners listeners, KeyRing keys, UserCount anybody, Users users, TotpRule totp, PortalFolders folders, IRecordsPlace place,
    IOptions<AccessOptions> access, IOptions<KeyOptions> keyOptions, IOptions<ProtectionOptions> protection, TimeProvider clock)
{
    private static readonly TimeSpan OldSecret = TimeSpan.FromDays(365);

    /// <summary>Looks.</summary>
    public async Task<SecurityReport> LookAsync(CancellationToken stop)
    {
        var people = anybody.IsEmpty ? [] : (await users.ListAsync(stop)).ConvertAll(one => one.User);
        return SecurityReport.Of([Door(people.Count > 0), Transport(), .. OfPeople(people), .. OfKeys(), Origins(), Database(), .. Files(), CookieKeys(), Process()]);
    }

    private SecurityItem Door(bool hasPeople) => keys.IsEmpty && !hasPeople
        ? new("Sign-in", false, "Nobody can sign in and no key was made: anybody on this machine may see everything.", "Set up the first admin at /setup.", 3)
        : hasPeople
            ? new("Sign-in", true, "The dashboard asks who is there.", "", 3)
            : new("Sign-in", false, "The dashboard asks who is there, and nobody can sign in yet.", "Set up the first admin at /setup.", 2);

    private SecurityItem Transport() => listeners.IsPlainBeyondLoopback
        ? new("Transport", false, $"Listens by plain HTTP for other machines: {listeners.Text}. Passwords and keys can be read on the way.", "Listen on 127.0.0.1 behind nginx with TLS (deploy/nginx), or give Kestrel a certificate.", 3)
        : new("Transport", true, $"Other machines can connect by TLS or a proxy alone: {listeners.Text}.", "", 3);

    private IEnumerable<SecurityItem> OfPeople(List<PortalUser> people)
    {
        if (people.Count == 0) yield break;
        var without = people.Where(user => user.DisabledAt is null && user is { Role: PortalRoles.Admin, TotpSecret: null, PasswordHash: not null }).Select(user => user.Email).ToList();
        yield return without.Count > 0
            ? new("Admins' second step", false, $"Without one: {string.Join(", ", without)}.", "Each sets it up at /account; SignIn:RequireTotpFor=Admin requires it.", 2)
            : new("Admins' second step", true, totp.IsRequiredOf(PortalRoles.Admin) ? "Every admin has one, and it is required." : "Every admin has one.", "", 2);
        var idle = people.Where(user => user.DisabledAt is null && clock.GetUtcNow() - (user.LastSignInAt ?? user.CreatedAt) > TimeSpan.FromDays(90)).Select(user => user.Email).ToList();
        yield return idle.Count > 0
            ? new("Unused accounts", false, $"Not signed in for 90 days: {string.Join(", ", idle)}.", "Disable whoever has left, on the page Users.", 1)
            : new("Unused accounts", true, "Everybody has signed in within 90 days.", "", 1);
    }

    private IEnumerable<SecurityItem> OfKeys()
    {
        var now = clock.GetUtcNow();
        var works = keys.Keys.Where(held => held.Key.StateAt(now) is not (KeyState.Revoked or KeyState.Expired)).ToList();
        var environment = works.Any(held => held.Key.Id == ApiKey.EnvironmentId);
        yield return environment
            ? new("The environment's key", false, "TFT_API_KEY gives a key that never expires, for whoever reads this process's environment.", "Make a key for each agent at /admin/keys, and start without TFT_API_KEY.", 1)
            : new("The environment's key", true, "None: every key can be rotated and revoked here.", "", 1);
        var old = works.Where(held => held.Key.Id != ApiKey.EnvironmentId && held.Key.Secrets is [var newest, ..] && now - newest.IssuedAt > OldSecret).Select(held => held.Key.Name).ToList();
        yield return old.Count > 0
            ? new("Old secrets", false, $"Not rotated for a year: {string.Join(", ", old.Take(5))}{(old.Count > 5 ? string.Create(CultureInfo.InvariantCulture, $" and {old.Count - 5} more") : "")}.", "Rotate them at /admin/keys; the old secret works on for a while.", 2)
            : new("Old secrets", true, "No secret is older than a year.", "", 2);
        var wide = works.Where(held => held.Key.Scopes.HasFlag(ApiScopes.Admin) && held.Key.Networks.IsEmpty).Select(held => held.Key.Name).ToList();
        yield return wide.Count > 0
            ? new("Admin keys", false, $"May be used from anywhere: {string.Join(", ", wide.Take(5))}.", "Make them anew with the networks that they are used from.", 2)
            : new("Admin keys", true, "None may be used from anywhere.", "", 2);
    }

    private SecurityItem Origins()
    {
        var plain = access.Value.CorsOrigins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(origin => Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme == "http" && !uri.IsLoopback).ToList();
        return plain.Count > 0
            ? new("Other sites' pages", false, $"May call the API by plain HTTP: {string.Join(", ", plain)}. Who changes that page on the way acts for its reader.", "Name https origins in CORS_ORIGINS.", 2)
            : new("Other sites' pages", true, "Only https origins, or this machine's, may call the API.", "", 2);
    }

    private IEnumerable<SecurityItem> Files()
    {
        if (OperatingSystem.IsWindows()) yield break;
        const UnixFileMode others = UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        yield return Directory.Exists(folders.Data) && (File.GetUnixFileMode(folders.Data) & others) != UnixFileMode.None
            ? new("Data folder", false, $"{folders.Data} is open to other users of this machine: readings, and who was here, can be read.", $"chmod 750 {folders.Data}", 2)
            : new("Data folder", true, "Closed to other users of this machine.", "", 2);
        var pepper = Path.GetFullPath(keyOptions.Value.PepperFile, folders.Data);
        var isBeside = Path.GetDirectoryName(pepper) == Path.GetFullPath(folders.Data);
        yield return isBeside
            ? new("Pepper of the keys", false, "It lies beside the database: one stolen copy of the data folder has both.", "Move it and name its place in Keys:PepperFile.", 1)
            : new("Pepper of the keys", true, "It lies elsewhere than the database.", "", 1);
    }

    private SecurityItem Database() => place.IsPrivate
        ? new("Way to the database", true, "Nobody in between can read what is sent, or stand in for the server.", "", 2)
        : new("Way to the database", false, "The server's certificate is not checked: who is in between can read keys' digests and users, or stand in for it.", "Add SSL Mode=VerifyFull;Root Certificate=… to Records:Connection.", 2);

    private SecurityItem CookieKeys() => string.IsNullOrWhiteSpace(protection.Value.CertificateFile)
        ? new("Keys of cookies", false, "They lie in the data folder unencrypted: who copies it can sign in as anybody while the sessions last, and read second steps' secrets.", "Encrypt them by DataProtection:CertificateFile.", 1)
        : new("Keys of cookies", true, "Encrypted by a certificate.", "", 1);

    private static SecurityItem Process() => Environment.IsPrivilegedProcess
        ? new("Rights of the process", false, "Runs as root: a fault in it is a fault of the whole machine.", "Run it as a user of its own (deploy/systemd).", 2)
        : new("Rights of the process", true, "Runs without root's rights.", "", 2);
}
