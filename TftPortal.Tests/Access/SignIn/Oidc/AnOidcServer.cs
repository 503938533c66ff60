using System.Collections.Immutable;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TftPortal.Tests.Access.SignIn.Oidc;

/// <summary>A real OpenID Connect server (OpenIddict) on a free port of this machine: whoever comes is <see cref="Somebody"/>.</summary>
internal sealed class AnOidcServer : IAsyncDisposable
{
    public const string ClientId = "tft-portal";
    public const string ClientSecret = "the-portals-secret-at-the-provider-9f2c";

    // Of kinds that are made in no time, and once: an RSA key for each server would be most of what these tests take.
    private static readonly ECDsaSecurityKey Signing = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private static readonly SymmetricSecurityKey Sealing = new(RandomNumberGenerator.GetBytes(32));

    private readonly WebApplication site;
    private readonly SqliteConnection database;

    private AnOidcServer(WebApplication site, SqliteConnection database) => (this.site, this.database) = (site, database);

    /// <summary>Who has signed in there.</summary>
    public APersonThere Somebody { get; set; } = new("u-1", "vera@example.com", ["staff"]);

    /// <summary>Whether groups and e-mail address stand in the ID token; else the userinfo endpoint alone tells them.</summary>
    public bool TellsInTheToken { get; set; } = true;

    public string Address => site.Urls.First() + "/";

    /// <summary>Everything that the server handed out or was sent, which must stand in no log.</summary>
    public List<string> Secrets { get; } = [ClientSecret];

    public static async Task<AnOidcServer> StartAsync()
    {
        var kept = new SqliteConnection("Data Source=:memory:");
        await kept.OpenAsync(TestContext.Current.CancellationToken);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddDbContext<Kept>(store => store.UseSqlite(kept).UseOpenIddict());
        builder.Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<Kept>())
            .AddServer(server =>
            {
                server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetUserInfoEndpointUris("userinfo").AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
                server.RegisterScopes(Scopes.Email, Scopes.Profile).AddEncryptionKey(Sealing).AddSigningKey(Signing);
                server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableUserInfoEndpointPassthrough().DisableTransportSecurityRequirement();
            });
        var app = builder.Build();
        var server = new AnOidcServer(app, kept);
        app.Use(server.HearAsync);
        app.UseAuthentication();
        app.MapGet("/authorize", server.Authorize);
        app.MapGet("/userinfo", (Delegate)server.TellAsync);
        await using (var scope = app.Services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<Kept>().Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient();
        Assert.True((await client.GetAsync(server.Address + ".well-known/openid-configuration", TestContext.Current.CancellationToken)).IsSuccessStatusCode); // it is awake before a portal waits for it
        return server;
    }

    /// <summary>The settings of a portal that lets people in by this server.</summary>
    public string[] Settings(params string[] more) =>
    [
        $"--SignIn:Oidc:Authority={Address}", $"--SignIn:Oidc:ClientId={ClientId}", $"--SignIn:Oidc:ClientSecret={ClientSecret}", "--SignIn:Oidc:RequireHttps=false", "--SignIn:Oidc:Name=Example SSO",
        "--SignIn:Oidc:AdminGroups=bosses", "--SignIn:Oidc:OperatorGroups=/on call, night shift", "--SignIn:Oidc:ViewerGroups=staff", .. more,
    ];

    /// <summary>Makes a portal known to it.</summary>
    public async Task RegisterAsync(Uri portal)
    {
        await using var scope = site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = ClientId,
            ClientSecret = ClientSecret,
            RedirectUris = { new(portal, "/sign-in/oidc/callback") },
            Permissions = { Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code, Permissions.Scopes.Email, Permissions.Scopes.Profile },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        await database.DisposeAsync();
    }

    private IResult Authorize(HttpContext http)
    {
        var asked = http.GetOpenIddictServerRequest()!;
        var identity = new ClaimsIdentity("there", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, Somebody.Subject).SetClaims("groups", [.. Somebody.Groups]);
        if (Somebody.Email is not null) identity.SetClaim(Claims.Email, Somebody.Email).SetClaim(Claims.EmailVerified, Somebody.IsConfirmed);
        identity.SetScopes(asked.GetScopes());
        identity.SetDestinations(claim => TellsInTheToken || claim.Type == Claims.Subject ? [Destinations.AccessToken, Destinations.IdentityToken] : [Destinations.AccessToken]);
        return Results.SignIn(new(identity), null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private async Task<IResult> TellAsync(HttpContext http) =>
        (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal is { } who
            ? Results.Json(new Dictionary<string, object?>(StringComparer.Ordinal) { ["sub"] = who.GetClaim(Claims.Subject), ["email"] = Somebody.Email, ["email_verified"] = Somebody.IsConfirmed, ["groups"] = Somebody.Groups })
            : Results.Unauthorized();

    private async Task HearAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.HasFormContentType)
        {
            http.Request.EnableBuffering();
            foreach (var (name, value) in await http.Request.ReadFormAsync(TestContext.Current.CancellationToken))
            {
                if (name is "code" or "code_verifier") Secrets.Add(value.ToString());
            }

            http.Request.Body.Position = 0;
        }

        if (http.Request.Path != "/token")
        {
            await next(http);
            return;
        }

        var (answer, copy) = (http.Response.Body, new MemoryStream());
        http.Response.Body = copy;
        await next(http);
        http.Response.Body = answer;
        await answer.WriteAsync(copy.ToArray(), TestContext.Current.CancellationToken);
        var json = System.Text.Json.JsonDocument.Parse(copy.ToArray()).RootElement;
        foreach (var name in (string[])["access_token", "id_token"])
        {
            if (json.TryGetProperty(name, out var token)) Secrets.Add(token.GetString()!);
        }
    }

    private sealed class Kept(DbContextOptions<Kept> options) : DbContext(options);
}

/// <summary>Somebody as the server knows them.</summary>
internal sealed record APersonThere(string Subject, string? Email, ImmutableArray<string> Groups, bool IsConfirmed = true);
