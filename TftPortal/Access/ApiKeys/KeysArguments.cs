using System.Globalization;
using TftPortal.Access.Commands;

namespace TftPortal.Access.ApiKeys;

/// <summary>What the command <c>keys</c> was asked for.</summary>
internal sealed record KeysArguments
{
    /// <summary>What <c>keys --help</c> prints.</summary>
    public const string Help = """
        Makes, lists, rotates and revokes API keys of a portal on this machine, running or not. A running one notices within seconds.
        Run it as the portal's user: what it makes in the data folder is readable by its owner alone.

        usage: dotnet run --project TftPortal -- keys create --scope SCOPE --name NAME [options]
               dotnet run --project TftPortal -- keys list
               dotnet run --project TftPortal -- keys rotate ID [--grace-hours HOURS]
               dotnet run --project TftPortal -- keys end-grace ID
               dotnet run --project TftPortal -- keys revoke ID

          --scope SCOPE           feed, read or admin; repeatable. None includes another
          --name NAME             what people call it
          --server-prefix PREFIX  it feeds only servers whose names begin so
          --days DAYS             how long it lives; Keys:DefaultDays (365) by default
          --network CIDR          a network that it may be used from; repeatable
          --feed-per-minute N     its own limit; --read-per-minute N likewise
          --data DIR              the portal's data folder; TFT_DATA_DIR by default

        The key itself is the only thing written to standard output. It is told once.
        """;

    /// <summary>create, list, rotate, end-grace or revoke; null for the help.</summary>
    public string? Verb { get; init; }

    /// <summary>The key's id; empty where none is needed.</summary>
    public string Id { get; init; } = "";

    /// <summary>The key to make.</summary>
    public KeyWish Wish { get; init; } = new();

    /// <summary>How long the old secret works on; null for the setting's.</summary>
    public TimeSpan? Grace { get; init; }

    /// <summary>The data folder; null for the setting's.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Understands the arguments that follow the word <c>keys</c>.</summary>
    /// <exception cref="WrongArgumentException">They are wrong.</exception>
    public static KeysArguments Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0 || arguments.Any(argument => argument is "--help" or "-h")) return new();
        var verb = arguments[0];
        if (verb is not ("create" or "list" or "rotate" or "end-grace" or "revoke")) throw new WrongArgumentException($"There is no keys {verb}; keys --help lists what there is.");
        List<string> scopes = [], networks = [], ids = [];
        string? name = null, prefix = null, data = null;
        int? days = null, feed = null, read = null;
        TimeSpan? grace = null;
        for (var i = 1; i < arguments.Count; i++)
        {
            var equals = arguments[i].IndexOf('=');
            var isAttached = arguments[i].StartsWith("--", StringComparison.Ordinal) && equals > 0;
            var option = isAttached ? arguments[i][..equals] : arguments[i];
            switch (option)
            {
                case "--scope" when verb == "create": scopes.AddRange(Value().Split(',', StringSplitOptions.TrimEntries)); break;
                case "--name" when verb == "create": name = Value(); break;
                case "--server-prefix" when verb == "create": prefix = Value(); break;
                case "--network" when verb == "create": networks.Add(Value()); break;
                case "--days" when verb == "create": days = Number(); break;
                case "--feed-per-minute" when verb == "create": feed = Number(); break;
                case "--read-per-minute" when verb == "create": read = Number(); break;
                case "--grace-hours" when verb == "rotate": grace = TimeSpan.FromHours(Number()); break;
                case "--data": data = Value(); break;
                case var id when !id.StartsWith('-') && verb is not ("create" or "list"): ids.Add(id); break;
                default: throw new WrongArgumentException($"keys {verb} has no {option}; keys --help lists what there is.");
            }

            string Value() => isAttached ? arguments[i][(equals + 1)..] : i + 1 < arguments.Count ? arguments[++i] : throw new WrongArgumentException($"{option} needs a value.");

            int Number() => Value() is var text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new WrongArgumentException($"{option} must be a whole number; it is '{text}'.");
        }

        if (verb is not ("create" or "list") && ids.Count != 1) throw new WrongArgumentException($"keys {verb} needs one id; keys list shows them.");
        if (grace?.TotalHours > 720) throw new WrongArgumentException("--grace-hours must be 0 to 720.");
        return new()
        {
            Verb = verb,
            Id = ids.Count > 0 ? ids[0] : "",
            Wish = new() { Name = name, Scopes = scopes, ServerPrefix = prefix, ExpiresInDays = days, FeedPerMinute = feed, ReadPerMinute = read, Networks = networks },
            Grace = grace,
            DataFolder = data,
        };
    }
}
