using TftPortal.Access.ApiKeys;
using TftPortal.Access.Audit;
using TftPortal.Access.Browser;
using TftPortal.Access.Checklist;
using TftPortal.Access.Limits;
using TftPortal.Access.Protection;
using TftPortal.Access.Proxies;
using TftPortal.Access.SignIn;
using TftPortal.Settings;

namespace TftPortal.Access;

/// <summary>Who may use the API, how often, and from which pages.</summary>
internal static class AccessSetup
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        SettingsCheck.Check<RateLimitOptions>(settings, "RateLimits");
        CorsOrigins.Check(settings);
        builder.Services.AddOptions<AccessOptions>().BindConfiguration("Access");
        builder.Services.AddOptions<RateLimitOptions>().BindConfiguration("RateLimits");
        builder.Services.AddSingleton<CorsOrigins>();
        builder.Services.AddApiKeys(settings);
        builder.Services.AddSingleton<AuditLog>();
        builder.Services.AddSingleton<OpenDoor>();
        builder.Services.AddSingleton<RateLimits>();
        builder.Services.AddSingleton<WrongKeys>();
        builder.Services.AddSingleton<LimitsPicture>();
        builder.Services.AddSingleton<TrustedAddresses>();
        builder.Services.AddSignIn(settings);
        builder.Services.AddSingleton<Listeners>();
        builder.Services.AddSingleton<SecurityChecklist>();
        builder.AddProxies();
        builder.AddConnectionLimits();
        builder.AddBrowserSecurity();
        builder.AddProtection();
        // At Information the first writes every address with its query string, and the second, at Debug, headers that can't be read: a key may stand in either.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.Warning);
        // At Debug and Trace it writes the cookies that it sets and the answers that it gets.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Authentication.OpenIdConnect.OpenIdConnectHandler", LogLevel.Warning);
        // Warns at every first start that the keys of cookies lie there as they are: without DataProtection:CertificateFile they do, and docs/decisions/security.md says so.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
    }

    /// <summary>Browsers of other origins are answered before anything else looks at the request, and refusals carry their headers too.</summary>
    public static void UseCorsAnswers(this WebApplication app) => app.UseMiddleware<CorsAnswers>();

    /// <summary>Keys and limits, before a body is read.</summary>
    public static void UseKeyGate(this WebApplication app)
    {
        app.UseMiddleware<KeyGate>();
        app.Lifetime.ApplicationStarted.Register(() => WarnOfClosedDoor(app));
    }

    /// <summary>Asks for a key with a scope, and limits the rate; where a role is named, somebody signed in with it does as well.</summary>
    public static TBuilder RequireKey<TBuilder>(this TBuilder endpoint, ApiScopes scope, ApiScopes or = ApiScopes.None, string? orRole = null)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new KeyRequirement(scope, or, orRole));

    /// <summary>Opens the keys and the users now: before the first request, and so that what is wrong with them stops the start.</summary>
    /// <exception cref="WrongSettingException">The data folder or the pepper can't be used, or the first admin can't be made.</exception>
    public static void OpenKeys(this WebApplication app)
    {
        app.Services.GetRequiredService<KeyStore>().Open();
        app.OpenUsers();
    }

    private static void WarnOfClosedDoor(WebApplication app)
    {
        var isEmpty = app.Services.GetRequiredService<KeyRing>().IsEmpty;
        if (isEmpty && !app.Services.GetRequiredService<OpenDoor>().ListensOnLoopbackOnly) Log.NoKey(app.Logger);
    }
}

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "No API key is set, and other machines can connect: feeding and reading are refused to everybody. Set TFT_API_KEY, or make a key: dotnet run --project TftPortal -- keys create --scope feed --name NAME.")]
    public static partial void NoKey(ILogger logger);
}
