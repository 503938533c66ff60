using TftPortal.Settings;

namespace TftPortal.Access.SignIn.Oidc;

/// <summary>Refuses settings of a provider by which nobody could sign in, or everybody.</summary>
internal static class OidcCheck
{
    public const string Section = "SignIn:Oidc";

    /// <summary>Reads the settings.</summary>
    /// <exception cref="WrongSettingException">They are wrong; the secret is never told.</exception>
    public static OidcOptions Read(IConfiguration settings)
    {
        SettingsCheck.Check<OidcOptions>(settings, Section);
        var options = settings.GetSection(Section).Get<OidcOptions>() ?? new();
        if (options.Authority.Length == 0) return options;
        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) || authority.Scheme is not ("https" or "http") || authority.UserInfo.Length > 0)
            Refuse("Authority", options.Authority, "the provider's address, such as https://sso.example.com/realms/main");
        if (options.RequireHttps && authority!.Scheme != "https") Refuse("Authority", options.Authority, $"an https address; {Section}:RequireHttps=false lets others try it out");
        if (options.ClientId.Length == 0) Refuse("ClientId", "", "what the provider calls this portal");
        if (options is { ClientSecret.Length: > 0, ClientSecretFile.Length: > 0 }) throw new WrongSettingException($"{Section}:ClientSecret and {Section}:ClientSecretFile are both set; allowed is one of them.");
        if (!options.Scopes.Split(' ').Contains("openid", StringComparer.Ordinal)) Refuse("Scopes", options.Scopes, "a list that has openid in it, separated by spaces");
        if (options.Others == OidcOthers.Refuse && string.IsNullOrWhiteSpace(options.AdminGroups + options.OperatorGroups + options.ViewerGroups))
            Refuse("ViewerGroups", "", $"a list of groups (or AdminGroups or OperatorGroups): without any, and with {Section}:Others=Refuse, nobody could sign in");
        return options;

        void Refuse(string key, string written, string allowed) => SettingsCheck.Refuse(settings, $"{Section}:{key}", written, allowed);
    }

    /// <summary>The portal's secret at the provider; null for a public client.</summary>
    /// <exception cref="WrongSettingException">Its file can't be read, is empty, or is open to others.</exception>
    public static string? SecretOf(OidcOptions options, PortalFolders folders)
    {
        if (options.ClientSecretFile.Length == 0) return options.ClientSecret.Length == 0 ? null : options.ClientSecret;
        var file = Path.GetFullPath(options.ClientSecretFile, folders.Data);
        try
        {
            const UnixFileMode others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & others) != UnixFileMode.None) throw new WrongSettingException($"{Section}:ClientSecretFile {file} is open to others; allowed is mode 600 or 640.");
            var secret = File.ReadAllText(file).Trim();
            return secret.Length > 0 ? secret : throw new WrongSettingException($"{Section}:ClientSecretFile {file} is empty.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new WrongSettingException($"{Section}:ClientSecretFile {file} can't be read: {fault.Message.ReplaceLineEndings(" ")}");
        }
    }
}
