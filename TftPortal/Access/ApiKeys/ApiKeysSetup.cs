using TftPortal.Access.Records;
using TftPortal.Settings;

namespace TftPortal.Access.ApiKeys;

internal static class ApiKeysSetup
{
    /// <summary>Adds the keys, and the database that they are kept in.</summary>
    public static void AddApiKeys(this IServiceCollection services, IConfiguration settings)
    {
        services.AddKeyStore(settings);
        services.AddHostedService<KeyLedger>();
    }

    /// <summary>Adds what changes keys, for the command too, which has no requests and keeps no books.</summary>
    public static void AddKeyStore(this IServiceCollection services, IConfiguration settings)
    {
        SettingsCheck.Check<KeyOptions>(settings, "Keys");
        services.AddOptions<KeyOptions>().BindConfiguration("Keys");
        services.AddRecords(settings);
        services.AddSingleton<KeyRing>();
        services.AddSingleton<KeyStore>();
        services.AddSingleton<KeyOrderCheck>();
    }
}
