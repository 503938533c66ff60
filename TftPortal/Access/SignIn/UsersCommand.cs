using System.Globalization;
using Microsoft.Extensions.Options;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Commands;
using TftPortal.Access.Records;

namespace TftPortal.Access.SignIn;

/// <summary>The command <c>users</c>, for an admin who is locked out: whoever may write the data folder may do anything with the users anyway.</summary>
internal static class UsersCommand
{
    /// <summary>The word that asks for it.</summary>
    public const string Word = "users";

    /// <summary>Does what the arguments say.</summary>
    /// <param name="arguments">Those after the word.</param>
    /// <param name="output">Where a link goes, the list, and the help.</param>
    /// <param name="errors">Where everything else goes.</param>
    /// <param name="options">Of the host whose settings count.</param>
    /// <returns>The exit code: 0 done, 1 refused, 2 wrong arguments.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors, Func<string[], WebApplicationOptions> options)
    {
        try
        {
            var asked = UsersArguments.Parse(arguments);
            if (asked.Verb is not null) return await RunAsync(asked, output, errors, options);
            await output.WriteLineAsync(UsersArguments.Help);
            return 0;
        }
        catch (WrongArgumentException wrong)
        {
            await errors.WriteLineAsync(wrong.Message);
            return 2;
        }
    }

    private static async Task<int> RunAsync(UsersArguments asked, TextWriter output, TextWriter errors, Func<string[], WebApplicationOptions> options)
    {
        await using var host = CommandHost.Build(asked.DataFolder, options, (services, settings) =>
        {
            services.AddRecords(settings);
            services.AddUsers(settings);
        });
        var place = host.Services.GetRequiredService<IRecordsPlace>();
        place.Open();
        var users = host.Services.GetRequiredService<Users>();
        var all = await users.ListAsync(CancellationToken.None);
        if (all.Count == 0) await errors.WriteLineAsync($"There are no users in {place.Name}. Is this the portal's data folder? --data names another. The first admin is set up at /setup.");
        if (asked.Verb == "list") return await ListAsync(all, output);
        if (all.Find(one => string.Equals(one.User.Email, asked.Email.Trim(), StringComparison.OrdinalIgnoreCase)).User is not { } user)
        {
            await errors.WriteLineAsync($"There is no user {asked.Email}; users list shows them.");
            return 1;
        }

        var by = new KeyActor($"command ({Environment.UserName})", "");
        var change = await (asked.Verb switch
        {
            "reset-password" => users.RenewLinkAsync(user.Id, by, CancellationToken.None),
            "reset-second-step" => users.ResetTotpAsync(user.Id, by, CancellationToken.None),
            _ => users.SetDisabledAsync(user.Id, disabled: false, by, CancellationToken.None),
        });
        if (change.Problem is not null)
        {
            await errors.WriteLineAsync(change.Problem);
            return 1;
        }

        await errors.WriteLineAsync(NextOf(asked.Verb!, user, host.Services.GetRequiredService<IOptions<SignInOptions>>().Value, host.Services.GetRequiredService<TotpRule>()));
        if (change.Link is { } link) await output.WriteLineAsync($"/welcome?link={link}");
        return 0;
    }

    private static string NextOf(string verb, PortalUser user, SignInOptions options, TotpRule totp)
    {
        var disabled = user.DisabledAt is not null ? $" {user.Email} is disabled: users enable {user.Email} comes first." : "";
        return verb switch
        {
            "reset-password" => string.Create(CultureInfo.InvariantCulture, $"{user.Email} chooses a password by this link, told this once, after the portal's address. It works once and holds {options.LinkHours} h; the password before works until then.{disabled}"),
            "reset-second-step" => $"The second step of {user.Email} is gone, and the sessions have ended. Next: sign in with the password, and set another up at /account{(totp.IsRequiredOf(user.Role) ? "; nothing else is open before that" : "")}.{disabled}",
            _ => $"{user.Email} can sign in. A forgotten password: users reset-password {user.Email}",
        };
    }

    private static async Task<int> ListAsync(List<(PortalUser User, int Sessions)> all, TextWriter output)
    {
        await output.WriteLineAsync($"{"role",-9} {"state",-9} {"sign-in",-15} {"last signed in",-17} {"sessions",8}  e-mail address");
        foreach (var (user, sessions) in all)
        {
            var how = user.CreatedBy == Oidc.OidcDesk.Maker ? "single sign-on" : user.PasswordHash is null ? "no password" : user.TotpSecret is null ? "password" : "password, code";
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{user.Role,-9} {(user.DisabledAt is null ? "enabled" : "disabled"),-9} {how,-15} {user.LastSignInAt,-17:yyyy-MM-dd HH:mm'Z'} {sessions,8}  {user.Email}"));
        }

        return 0;
    }
}
