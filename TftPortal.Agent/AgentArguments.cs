using System.Globalization;
using TftPortal.Agent.Readings;

namespace TftPortal.Agent;

/// <summary>Something about the arguments that the agent cannot work with.</summary>
/// <param name="message">What, and what is allowed, in one line.</param>
internal sealed class WrongArgumentException(string message) : Exception(message);

/// <summary>Understands the command line and the environment.</summary>
internal static class AgentArguments
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Help = """
        tft-agent reads this host's metrics and posts them to a TftPortal.

        usage: tft-agent [--url URL] [--interval SECONDS] [--name NAME] [--profile PROFILE] [--once]

          --url URL           the portal; TFT_URL, else http://127.0.0.1:8000
          --key KEY           its API key. Better in the environment, TFT_API_KEY: arguments show in ps
          --interval SECONDS  time between two readings, 1 to 3600; 15 by default
          --name NAME         the name to be known by; this host's name by default
          --profile PROFILE   ml_compute, database, web_api, conductor_mgmt, data_ingest, risk_analytics or generic;
                              by default the portal tells it from the name
          --once              post one reading, then end: 0 when the portal took it, else 1
          --help, --version

        While the portal is away, readings of the last 24 hours (20,000 at most) wait in memory.
        """;

    private const string DefaultUrl = "http://127.0.0.1:8000";

    /// <summary>The settings that arguments and environment give; arguments win.</summary>
    /// <exception cref="WrongArgumentException">One of them is wrong.</exception>
    public static AgentSettings Parse(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        string? url = null, key = null, interval = null, name = null, profile = null;
        var isOnce = false;
        for (var i = 0; i < arguments.Count; i++)
        {
            var (option, attached) = Split(arguments[i]);
            switch (option)
            {
                case "--url": url = Value(); break;
                case "--key": key = Value(); break;
                case "--interval": interval = Value(); break;
                case "--name": name = Value(); break;
                case "--profile": profile = Value(); break;
                case "--once" when attached is null: isOnce = true; break;
                default: throw new WrongArgumentException($"Unknown argument '{option}'; --help lists what there is.");
            }

            string Value() => attached ?? (i + 1 < arguments.Count ? arguments[++i] : throw new WrongArgumentException($"{option} needs a value."));
        }

        return new()
        {
            Url = ParseUrl(url ?? NotEmpty(environment("TFT_URL")) ?? DefaultUrl, url is null ? "TFT_URL" : "--url"),
            Key = ParseKey(key ?? environment("TFT_API_KEY"), key is null ? "TFT_API_KEY" : "--key"),
            IsKeyVisible = key is not null,
            Interval = ParseInterval(interval),
            Name = ParseName(name),
            Profile = ParseProfile(profile),
            IsOnce = isOnce,
        };
    }

    private static (string Option, string? Attached) Split(string argument)
    {
        var equals = argument.IndexOf('=');
        return argument.StartsWith("--", StringComparison.Ordinal) && equals > 0 ? (argument[..equals], argument[(equals + 1)..]) : (argument, null);
    }

    private static Uri ParseUrl(string url, string source)
    {
        var isAddress = Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
        if (!isAddress) throw new WrongArgumentException($"{source} must be an http or https address such as https://portal.example; it is '{url}'.");
        if (address!.UserInfo.Length > 0) throw new WrongArgumentException($"{source} must not hold a user name or password; the key goes into TFT_API_KEY.");
        if (address.Query.Length > 0 || address.Fragment.Length > 0) throw new WrongArgumentException($"{source} must end with its path; it has a query or a fragment.");
        return address;
    }

    /// <summary>The message never has the key in it.</summary>
    private static string? ParseKey(string? key, string source)
    {
        key = NotEmpty(key);
        if (key?.Any(character => character is <= ' ' or > '~') is true) throw new WrongArgumentException($"{source} must be printable ASCII without blanks.");
        return key;
    }

    private static TimeSpan ParseInterval(string? interval)
    {
        if (interval is null) return TimeSpan.FromSeconds(15);
        var isWhole = int.TryParse(interval, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        return isWhole && seconds is >= 1 and <= 3600
            ? TimeSpan.FromSeconds(seconds)
            : throw new WrongArgumentException($"--interval must be whole seconds from 1 to 3600; it is '{interval}'.");
    }

    private static string ParseName(string? name)
    {
        if (name is null) return HostName.Own;
        return HostName.IsValid(name) ? name : throw new WrongArgumentException($"--name must match {HostName.Pattern}; it is '{name}'.");
    }

    private static string? ParseProfile(string? profile) =>
        profile is null || AgentSettings.Profiles.Contains(profile)
            ? profile
            : throw new WrongArgumentException($"--profile must be one of {string.Join(", ", AgentSettings.Profiles.Order(StringComparer.Ordinal))}; it is '{profile}'.");

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
