using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using TftPortal.Settings;

namespace TftPortal.Access.SignIn.Oidc;

/// <summary>Signing in by an OpenID Connect provider: the code flow with PKCE.</summary>
internal static class OidcSetup
{
    /// <summary>Where the browser comes back to; what the provider must know as the portal's redirect URI, after its address.</summary>
    public const string CallbackPath = "/sign-in/oidc/callback";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="WrongSettingException">A setting is wrong.</exception>
    public static void AddOidc(this AuthenticationBuilder authentication, IConfiguration settings)
    {
        var services = authentication.Services;
        services.AddOptions<OidcOptions>().BindConfiguration(OidcCheck.Section);
        services.AddSingleton<OidcDesk>();
        if (OidcCheck.Read(settings).Authority.Length == 0) return;
        services.AddSingleton<OidcEvents>();
        services.AddOptions<OpenIdConnectOptions>(PortalSchemes.Oidc).Configure<IOptions<OidcOptions>, PortalFolders>((oidc, options, folders) => Apply(oidc, options.Value, folders));
        authentication.AddOpenIdConnect(PortalSchemes.Oidc, _ => { });
    }

    /// <summary>Reads the secret's file now, so that a wrong one stops the start.</summary>
    public static void OpenOidc(this WebApplication app)
    {
        if (app.Services.GetRequiredService<OidcDesk>().IsOn) app.Services.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(PortalSchemes.Oidc);
    }

    private static void Apply(OpenIdConnectOptions oidc, OidcOptions options, PortalFolders folders)
    {
        (oidc.Authority, oidc.ClientId, oidc.ClientSecret) = (options.Authority, options.ClientId, OidcCheck.SecretOf(options, folders));
        (oidc.RequireHttpsMetadata, oidc.BackchannelTimeout) = (options.RequireHttps, Patience);
        (oidc.ResponseType, oidc.UsePkce) = (OpenIdConnectResponseType.Code, true);
        // And not form_post, which comes from another site: its cookies would have to go with requests of other sites.
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.Scope.Clear();
        foreach (var scope in options.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)) oidc.Scope.Add(scope);
        oidc.CallbackPath = CallbackPath;
        (oidc.RemoteSignOutPath, oidc.SignedOutCallbackPath) = (default, default); // signing out is ours
        (oidc.SignInScheme, oidc.EventsType) = (PortalSchemes.Cookie, typeof(OidcEvents));
        (oidc.SaveTokens, oidc.MapInboundClaims, oidc.DisableTelemetry) = (false, false, true);
        oidc.TokenValidationParameters.NameClaimType = "sub";
        oidc.ClaimActions.Clear(); // the issuer stays among the claims
        oidc.GetClaimsFromUserInfoEndpoint = options.AskUserInfo;
        foreach (var claim in (string[])["email", "email_verified", options.GroupsClaim]) oidc.ClaimActions.MapJsonKey(claim, claim);
        foreach (var cookie in (CookieBuilder[])[oidc.CorrelationCookie, oidc.NonceCookie]) (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
    }
}
