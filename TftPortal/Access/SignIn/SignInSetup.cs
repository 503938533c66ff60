using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Audit;
using TftPortal.Access.Records;
using TftPortal.Access.SignIn.Oidc;
using TftPortal.Settings;

namespace TftPortal.Access.SignIn;

/// <summary>Who people are, and what they may do.</summary>
internal static class SignInSetup
{
    // OWASP's number for PBKDF2 with HMAC-SHA-512 (Password Storage Cheat Sheet); Identity's own default is 100,000.
    private const int PasswordIterations = 220_000;

    public static void AddSignIn(this IServiceCollection services, IConfiguration settings)
    {
        services.AddUsers(settings);
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<ActNotes>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SecondStep>();
        services.AddSingleton<KnownDevice>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<SignInDesk>();
        services.AddSingleton<SetupToken>();
        services.AddHostedService(of => of.GetRequiredService<SetupToken>());
        services.AddSingleton<PeopleDoor>();
        services.AddScoped<Visitor>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, PageWatch>();
        services.AddAuthentication(PortalSchemes.Any)
            .AddPolicyScheme(PortalSchemes.Any, null, any => any.ForwardDefaultSelector = Choose)
            .AddScheme<AuthenticationSchemeOptions, DoorHandler>(PortalSchemes.Door, null)
            .AddScheme<AuthenticationSchemeOptions, NobodyHandler>(PortalSchemes.Nobody, null)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(PortalSchemes.Cookie, null)
            .AddOidc(settings);
        services.AddAuthorizationBuilder()
            .AddPolicy(PortalRoles.SignedIn, policy => policy.RequireClaim(Sessions.NumberClaim))
            .AddPolicy(PortalRoles.Viewer, policy => policy.RequireRole(PortalRoles.Viewer))
            .AddPolicy(PortalRoles.Operator, policy => policy.RequireRole(PortalRoles.Operator))
            .AddPolicy(PortalRoles.Admin, policy => policy.RequireRole(PortalRoles.Admin))
            .AddPolicy(PortalRoles.StateKeeper, policy => policy.RequireAssertion(asked => asked.User.IsInRole(PortalRoles.Admin) || asked.User.HasClaim(DoorHandler.KeepsState, "true")));
    }

    /// <summary>Adds what changes users, for the command too; the records must be there.</summary>
    public static void AddUsers(this IServiceCollection services, IConfiguration settings)
    {
        SettingsCheck.Check<SignInOptions>(settings, "SignIn");
        TotpRule.Check(settings);
        services.AddOptions<SignInOptions>().BindConfiguration("SignIn");
        services.AddSingleton<UserCount>();
        services.AddSingleton<Users>();
        services.AddSingleton<TotpRule>();
        services.AddIdentity();
    }

    /// <summary>Finds out who sends a request, and whether they may: after the keys' gate, before anything that people see.</summary>
    public static void UseSignIn(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
    }

    /// <summary>Looks whether there are users, and makes the first admin where the settings name one: before the first request, and so that a weak password stops the start.</summary>
    /// <exception cref="WrongSettingException">The first admin can't be made as the settings say.</exception>
    public static void OpenUsers(this WebApplication app)
    {
        app.OpenOidc();
        using var database = app.Services.GetRequiredService<IDbContextFactory<PortalRecords>>().CreateDbContext();
        if (database.Users.Any() || database.FirstAdmin.Any())
        {
            app.Services.GetRequiredService<UserCount>().SetAny();
            return;
        }

        var (options, settings) = (app.Services.GetRequiredService<IOptions<SignInOptions>>().Value, app.Configuration);
        if (options.AdminEmail.Length == 0 && options.AdminPassword.Length == 0) return;
        var (email, password) = (OldVariables.NameOf(settings, "SignIn:AdminEmail"), OldVariables.NameOf(settings, "SignIn:AdminPassword"));
        if (options.AdminEmail.Length == 0 || options.AdminPassword.Length == 0) throw new WrongSettingException($"{email} and {password} make the first admin together; one of them is not set.");
        if (PasswordRules.FaultOf(options.AdminPassword, options.AdminEmail) is { } weak) throw new WrongSettingException($"{password} is not allowed: {weak}");
        var made = app.Services.GetRequiredService<Users>().CreateFirstAdminAsync(options.AdminEmail, options.AdminPassword, new KeyActor("settings", ""), CancellationToken.None).GetAwaiter().GetResult();
        if (made.Problem is { } problem) throw new WrongSettingException($"{email} can't be the first admin: {problem}");
    }

    private static void AddIdentity(this IServiceCollection services)
    {
        services.AddIdentityCore<PortalUser>(identity =>
        {
            identity.User.RequireUniqueEmail = true;
            identity.User.AllowedUserNameCharacters = ""; // the name is the address
            (identity.Password.RequiredLength, identity.Password.RequiredUniqueChars) = (PasswordRules.MinLength, 1);
            (identity.Password.RequireDigit, identity.Password.RequireLowercase, identity.Password.RequireUppercase, identity.Password.RequireNonAlphanumeric) = (false, false, false, false);
        }).AddPasswordValidator<PasswordRules>();
        services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = PasswordIterations);
        services.AddSingleton<IPasswordHasher<PortalUser>, PasswordHasher<PortalUser>>();
        services.AddScoped<IUserStore<PortalUser>>(of => new UserOnlyStore<PortalUser, PortalRecords>(of.GetRequiredService<PortalRecords>()));
        services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
    }

    private static string Choose(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<KeyRequirement>() is { OrRole: null } ? PortalSchemes.Nobody
        : http.RequestServices.GetRequiredService<PeopleDoor>().LetsIn(http) ? PortalSchemes.Door
        : PortalSchemes.Cookie;
}
