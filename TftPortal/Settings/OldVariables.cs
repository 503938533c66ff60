namespace TftPortal.Settings;

/// <summary>The environment variables of the old daemon, and the settings that they override.</summary>
internal static class OldVariables
{
    private static readonly (string Variable, string Key)[] All =
    [
        ("TFT_API_KEY", "Access:ApiKey"),
        ("CORS_ORIGINS", "Access:CorsOrigins"),
        ("PERSISTENCE_FILE", "Data:PersistenceFile"),
        ("TFT_DATA_DIR", "Data:Folder"),
        ("PORT", "Server:Port"),
        ("TFT_ADMIN_EMAIL", "SignIn:AdminEmail"),
        ("TFT_ADMIN_PASSWORD", "SignIn:AdminPassword"),
    ];

    /// <summary>Lays the variables that are set over the settings.</summary>
    public static void Apply(IConfigurationManager configuration) =>
        configuration.AddInMemoryCollection([.. All.Where(old => configuration[old.Variable] is not null).Select(old => KeyValuePair.Create(old.Key, configuration[old.Variable]))]);

    /// <summary>The name under which a setting was given.</summary>
    public static string NameOf(IConfiguration configuration, string key)
    {
        var variable = All.FirstOrDefault(old => old.Key == key).Variable;
        return variable is not null && configuration[variable] is not null ? variable : key;
    }
}
