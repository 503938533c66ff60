using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Audit;
using TftPortal.Access.Records;

namespace TftPortal.Access.SignIn.Oidc;

/// <summary>
/// Lets in who comes from the provider. Somebody is known by issuer and subject alone, and never by the e-mail address, which a provider may let anybody claim. The role is the groups', anew at each sign-in;
/// from then on the session is like any other: listed, ended, and gone with the account.
/// </summary>
internal sealed class OidcDesk(Users users, SignInDesk desk, SignInThrottle throttle, AuditTrail audit, IOptions<OidcOptions> options, ILogger<OidcDesk> log)
{
    /// <summary>Who makes the accounts, as <see cref="PortalUser.CreatedBy"/> has it.</summary>
    public const string Maker = "single sign-on";

    private const int ToldFreely = 5;

    /// <summary>Whether there is a provider.</summary>
    public bool IsOn => options.Value.Authority.Length > 0;

    /// <summary>What people call it.</summary>
    public string Name => options.Value.Name;

    /// <summary>Begins a session for somebody whom the provider has proved.</summary>
    public async Task<OidcAnswer> EnterAsync(HttpContext http, ClaimsPrincipal proven, CancellationToken stop)
    {
        var person = OidcPerson.Of(proven, options.Value);
        var origin = http.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        var (answer, user) = await FindOrMakeAsync(person, origin, stop);
        if (answer == OidcAnswer.Done) await desk.EnterAsync(http, user!, $"single sign-on, {person.Issuer}", stop);
        else await FailAsync(http, person.Email ?? person.Subject, answer switch { OidcAnswer.NoRole => person.Why, OidcAnswer.NoEmail => "no confirmed e-mail address", OidcAnswer.Taken => "another account has the e-mail address", _ => "the account is disabled" }, stop);
        return answer;
    }

    /// <summary>Says in the log that nobody can be sent to the provider.</summary>
    public void SayUnreachable(Exception fault) => Log.Unreachable(log, fault);

    /// <summary>Says, in the audit and in the log, that somebody came back and was not let in. In bounds: anybody can come back with anything.</summary>
    public async Task FailAsync(HttpContext http, string who, string reason, CancellationToken stop)
    {
        if (throttle.Try(($"oidc:{ClientAddress.Of(http.Connection.RemoteIpAddress)}", ToldFreely)) is not null) return;
        var origin = http.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        Log.Refused(log, origin, reason);
        await audit.WriteAsync("somebody", origin, "signin.failed", who, $"single sign-on: {reason}", stop);
    }

    private async Task<(OidcAnswer Answer, PortalUser? User)> FindOrMakeAsync(OidcPerson person, string origin, CancellationToken stop)
    {
        if (person is not { Issuer.Length: > 0, Subject.Length: > 0 }) return (OidcAnswer.Failed, null);
        var answer = OidcAnswer.Done;
        var change = await users.ChangeAsync(new(Maker, origin), async (database, manager, now) =>
        {
            var known = await database.Logins.SingleOrDefaultAsync(login => login.LoginProvider == person.Issuer && login.ProviderKey == person.Subject, stop);
            if (known is null || await manager.FindByIdAsync(known.UserId) is not { } user) return await MakeAsync(database, manager, now);
            if (user.DisabledAt is not null) return Refuse(OidcAnswer.Disabled);
            if (person.Role == user.Role) return UserChange.Same(user);
            await Sessions.EndAllAsync(database, user.Id, null, stop); // what they may do is no longer what they might when these began
            if (person.Role is null)
            {
                answer = OidcAnswer.NoRole;
                return UserChange.Done(user, "user.sessions_ended", person.Why);
            }

            var before = user.Role;
            user.Role = person.Role;
            await manager.UpdateAsync(user);
            return UserChange.Done(user, "user.role_changed", $"{before} to {user.Role}, by the groups");
        }, stop);
        return (change.Problem is null ? answer : answer == OidcAnswer.Done ? OidcAnswer.Failed : answer, change.User);

        async Task<UserChange> MakeAsync(PortalRecords database, UserManager<PortalUser> manager, DateTimeOffset now)
        {
            if (person.Role is null) return Refuse(OidcAnswer.NoRole);
            if (person.Email is not { } email) return Refuse(OidcAnswer.NoEmail);
            var user = new PortalUser { UserName = email, Email = email, Role = person.Role, CreatedAt = now, CreatedBy = Maker };
            var made = await manager.CreateAsync(user);
            if (!made.Succeeded) return Refuse(made.Errors.Any(error => error.Code.StartsWith("Duplicate", StringComparison.Ordinal)) ? OidcAnswer.Taken : OidcAnswer.NoEmail);
            database.Logins.Add(new() { LoginProvider = person.Issuer, ProviderKey = person.Subject, ProviderDisplayName = Name, UserId = user.Id });
            return UserChange.Done(user, "user.created", $"{person.Role}, by single sign-on");
        }

        UserChange Refuse(OidcAnswer why)
        {
            answer = why;
            return UserChange.Refused(why.ToString());
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Somebody from {Address} was not let in by single sign-on: {Reason}.")]
    public static partial void Refused(ILogger logger, string address, string reason);

    [LoggerMessage(2, LogLevel.Warning, "The provider of single sign-on can't be reached, or is not what SignIn:Oidc:Authority says. People with a password can sign in.")]
    public static partial void Unreachable(ILogger logger, Exception fault);
}
