using TftPortal.Access.Commands;

namespace TftPortal.Access.SignIn;

/// <summary>What the command <c>users</c> was asked for.</summary>
/// <param name="Verb">list, reset-password, reset-second-step or enable; null for the help.</param>
/// <param name="Email">Whom it is about; empty for list.</param>
/// <param name="DataFolder">The data folder; null for the setting's.</param>
internal sealed record UsersArguments(string? Verb, string Email, string? DataFolder)
{
    /// <summary>What <c>users --help</c> prints.</summary>
    public const string Help = """
        Lets somebody in again who is locked out of a portal on this machine, running or not. What it does holds at once, and stands in the audit.
        Run it as the portal's user: what it makes in the data folder is readable by its owner alone.

        usage: dotnet run --project TftPortal -- users list
               dotnet run --project TftPortal -- users reset-password EMAIL
               dotnet run --project TftPortal -- users reset-second-step EMAIL
               dotnet run --project TftPortal -- users enable EMAIL

          list               everybody, with role, state and sessions
          reset-password     prints a one-time link with which a password is chosen
          reset-second-step  takes a lost telephone's second step away, and ends the sessions
          enable             lets somebody who was disabled sign in again
          --data DIR         the portal's data folder; TFT_DATA_DIR by default

        The link is the only thing that reset-password writes to standard output. It is told once.
        """;

    private static readonly string[] Verbs = ["list", "reset-password", "reset-second-step", "enable"];

    /// <summary>Understands the arguments that follow the word <c>users</c>.</summary>
    /// <exception cref="WrongArgumentException">They are wrong.</exception>
    public static UsersArguments Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0 || arguments.Any(argument => argument is "--help" or "-h")) return new(null, "", null);
        var verb = arguments[0];
        if (!Verbs.Contains(verb, StringComparer.Ordinal)) throw new WrongArgumentException($"There is no users {verb}; users --help lists what there is.");
        string? data = null;
        List<string> people = [];
        for (var i = 1; i < arguments.Count; i++)
        {
            if (arguments[i] == "--data") data = i + 1 < arguments.Count ? arguments[++i] : throw new WrongArgumentException("--data needs a value.");
            else if (arguments[i].StartsWith("--data=", StringComparison.Ordinal)) data = arguments[i]["--data=".Length..];
            else if (arguments[i].StartsWith('-')) throw new WrongArgumentException($"users {verb} has no {arguments[i]}; users --help lists what there is.");
            else people.Add(arguments[i]);
        }

        if (people.Count != (verb == "list" ? 0 : 1)) throw new WrongArgumentException(verb == "list" ? "users list takes no address." : $"users {verb} needs one e-mail address; users list shows them.");
        return new(verb, people.Count > 0 ? people[0] : "", data);
    }
}
