using TftPortal.Access.ApiKeys;
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
        builder.Services.AddSingleton<KeyRing>();
        builder.Services.AddSingleton<OpenDoor>();
        builder.Services.AddSingleton<RateLimits>();
        builder.Services.AddSingleton<TrustedAddresses>();
    }

    /// <summary>Browsers of other origins are answered before anything else looks at the request, and refusals carry their headers too.</summary>
    public static void UseCorsAnswers(this WebApplication app) => app.UseMiddleware<CorsAnswers>();

    /// <summary>Keys and limits, before a body is read.</summary>
    public static void UseKeyGate(this WebApplication app)
    {
        app.UseMiddleware<KeyGate>();
        app.Lifetime.ApplicationStarted.Register(() => WarnOfClosedDoor(app));
    }

    /// <summary>Asks for a key with a scope, and limits the rate.</summary>
    public static TBuilder RequireKey<TBuilder>(this TBuilder endpoint, ApiScopes scope)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new KeyRequirement(scope));

    private static void WarnOfClosedDoor(WebApplication app)
    {
        var isEmpty = app.Services.GetRequiredService<KeyRing>().IsEmpty;
        if (isEmpty && !app.Services.GetRequiredService<OpenDoor>().ListensOnLoopbackOnly) Log.NoKey(app.Logger);
    }
}

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "No API key is set, and other machines can connect: feeding and reading are refused to everybody. Set TFT_API_KEY.")]
    public static partial void NoKey(ILogger logger);
}
