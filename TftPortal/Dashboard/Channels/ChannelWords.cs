using System.Globalization;
using TftPortal.Engine.Fleet;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Delivery;

namespace TftPortal.Dashboard.Channels;

/// <summary>What a person calls the state of channels.</summary>
internal static class ChannelWords
{
    /// <summary>How bad it is: a channel that takes nothing, or dead letters, are a warning.</summary>
    public static RiskLevel Level(QueuePicture picture) => picture.Failing.Any() || picture.Dead > 0 ? RiskLevel.Warning : RiskLevel.Healthy;

    /// <summary>In a sentence.</summary>
    public static string Verdict(QueuePicture picture, int routes) => (picture.Failing.ToList(), picture.Dead) switch
    {
        ([var only], _) => $"{only.Name} takes nothing just now.",
        ([_, _, ..] failing, _) => string.Create(CultureInfo.InvariantCulture, $"{failing.Count} channels take nothing just now."),
        (_, 1) => "One message could not be delivered.",
        (_, > 1) => string.Create(CultureInfo.InvariantCulture, $"{picture.Dead} messages could not be delivered."),
        _ when picture.Channels.IsEmpty || routes == 0 => "Nobody is told of anything.",
        _ => "Messages are delivered.",
    };

    /// <summary>What to do, or what more there is to say.</summary>
    public static string Advice(QueuePicture picture, int routes)
    {
        var waiting = picture.Queued switch { 0 => "Nothing waits.", 1 => "One message waits.", _ => string.Create(CultureInfo.InvariantCulture, $"{picture.Queued} messages wait.") };
        if (picture.Failing.Any()) return $"{waiting} It is tried again by itself; the channel below says why, and Send test tries it at once.";
        if (picture.Dead > 0) return $"{waiting} Mend the channel, then try them again below, or delete them.";
        if (picture.Channels.IsEmpty) return "Add a channel, then a route.";
        return routes == 0 ? "Add a route that says what goes to which channel." : waiting;
    }

    /// <summary>Where it sends to; never a secret.</summary>
    public static string Target(Channel channel) => channel.Kind switch
    {
        ChannelKind.Email => $"{string.Join(", ", channel.Settings.To.Take(3))}{(channel.Settings.To.Length > 3 ? string.Create(CultureInfo.InvariantCulture, $" and {channel.Settings.To.Length - 3} more") : "")} by {channel.Settings.SmtpHost}",
        _ when channel.Kind.HasSecretUrl() => $"{channel.Settings.Url}/…",
        _ => channel.Settings.Url ?? "",
    };

    /// <summary>What waits for a channel, after a comma; empty where nothing does.</summary>
    public static string Waiting(ListedChannel channel) => string.Create(CultureInfo.InvariantCulture,
        $"{(channel.Queued > 0 ? $", {channel.Queued} waiting" : "")}{(channel.Dead > 0 ? $", {channel.Dead} dead {(channel.Dead == 1 ? "letter" : "letters")}" : "")}");
}
