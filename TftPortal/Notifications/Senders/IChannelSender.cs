using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Delivery;

namespace TftPortal.Notifications.Senders;

/// <summary>Speaks to one kind of channel.</summary>
internal interface IChannelSender
{
    /// <summary>Which kind.</summary>
    ChannelKind Kind { get; }

    /// <summary>Makes one attempt. What goes wrong on the way or at the receiver is an outcome, no exception.</summary>
    /// <param name="settings">Of the channel.</param>
    /// <param name="secrets">Of the channel.</param>
    /// <param name="notice">What to tell.</param>
    /// <param name="stop">Gives up: the time is over, or the portal stops.</param>
    Task<Outcome> SendAsync(ChannelSettings settings, ChannelSecrets secrets, Notice notice, CancellationToken stop);
}
