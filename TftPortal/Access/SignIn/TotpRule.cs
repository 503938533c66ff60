using Microsoft.Extensions.Options;
using TftPortal.Settings;

namespace TftPortal.Access.SignIn;

/// <summary>Of whom a second step is required.</summary>
internal sealed class TotpRule(IOptions<SignInOptions> options)
{
    private const string Key = "SignIn:RequireTotpFor";
    private readonly string[] roles = Split(options.Value.RequireTotpFor);

    public bool IsRequiredOf(string role) => roles.Contains(role, StringComparer.Ordinal);

    /// <summary>Refuses what is no role.</summary>
    /// <exception cref="WrongSettingException">One is none.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var role in Split(configuration[Key] ?? ""))
        {
            if (!PortalRoles.All.Contains(role)) SettingsCheck.Refuse(configuration, Key, role, $"a list of {string.Join(", ", PortalRoles.All)}, separated by commas");
        }
    }

    private static string[] Split(string roles) => roles.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
