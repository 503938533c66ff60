using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Intake;

/// <summary>Tells a server's profile from its name, by the parts of names of <see cref="IntakeOptions.ProfilePatterns"/>.</summary>
public sealed class ProfileNaming
{
    private readonly (string Part, ServerProfile Profile)[] patterns;

    /// <summary>Reads the patterns.</summary>
    /// <exception cref="ArgumentException">A key is no profile's name.</exception>
    public ProfileNaming(IntakeOptions options)
    {
        patterns =
        [
            .. from entry in options.ProfilePatterns
               let profile = WireNames.TryParse(entry.Key, out ServerProfile found)
                   ? found
                   : throw new ArgumentException($"Intake:ProfilePatterns:{entry.Key} names no profile; profiles are {string.Join(", ", WireNames.Profiles)}.", nameof(options))
               from part in entry.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
               orderby part.Length descending, profile
               select (part, profile),
        ];
    }

    /// <summary>The profile that a name tells; <see cref="ServerProfile.Generic"/> where it tells none.</summary>
    public ServerProfile Of(string server)
    {
        var (profile, nearest) = (ServerProfile.Generic, int.MaxValue);
        foreach (var (part, candidate) in patterns)
        {
            var at = server.IndexOf(part, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && at < nearest) (profile, nearest) = (candidate, at);
        }

        return profile;
    }
}
