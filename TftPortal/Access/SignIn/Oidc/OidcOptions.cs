using System.ComponentModel.DataAnnotations;

namespace TftPortal.Access.SignIn.Oidc;

/// <summary>The settings <c>SignIn:Oidc:*</c>: signing in by an OpenID Connect provider such as Keycloak, Okta or Entra. Off while there is no <see cref="Authority"/>.</summary>
internal sealed class OidcOptions
{
    /// <summary>The provider's address, without <c>/.well-known/openid-configuration</c>.</summary>
    /// <value>An https address, such as <c>https://sso.example.com/realms/main</c>; none by default.</value>
    public string Authority { get; set; } = "";

    /// <summary>What the provider calls this portal.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The portal's secret there; none for a public client, which PKCE alone protects.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>A file that holds that secret instead, readable by its owner alone.</summary>
    /// <value>Absolute, or in the data folder; none by default.</value>
    public string ClientSecretFile { get; set; } = "";

    /// <summary>What is asked for, separated by spaces.</summary>
    /// <value><c>openid</c> among them, and what brings the e-mail address and the groups; <c>openid profile email</c> by default.</value>
    [Required]
    public string Scopes { get; set; } = "openid profile email";

    /// <summary>What the button says after "Sign in with".</summary>
    [Required]
    public string Name { get; set; } = "single sign-on";

    /// <summary>The claim that holds somebody's groups.</summary>
    [Required]
    public string GroupsClaim { get; set; } = "groups";

    /// <summary>Groups whose members are admins, separated by commas, as the claim has them.</summary>
    public string AdminGroups { get; set; } = "";

    /// <summary>Groups whose members are operators.</summary>
    public string OperatorGroups { get; set; } = "";

    /// <summary>Groups whose members are viewers.</summary>
    public string ViewerGroups { get; set; } = "";

    /// <summary>What becomes of somebody who is in none of them.</summary>
    /// <value>Refuse or Viewer; Refuse by default.</value>
    public OidcOthers Others { get; set; } = OidcOthers.Refuse;

    /// <summary>Whether the provider's userinfo endpoint is asked too, for one whose ID token has no groups or no e-mail address.</summary>
    public bool AskUserInfo { get; set; }

    /// <summary>Whether the provider must be reached by https. False is for trying it out.</summary>
    public bool RequireHttps { get; set; } = true;
}

/// <summary>What becomes of somebody who is in no group that has a role.</summary>
internal enum OidcOthers
{
    Refuse,
    Viewer,
}
