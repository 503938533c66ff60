using System.Net;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Delivery;

namespace TftPortal.Notifications.Senders;

/// <summary>Slack's incoming webhooks, and what is compatible with them.</summary>
internal sealed class SlackSender(PostClient client) : IChannelSender
{
    public ChannelKind Kind => ChannelKind.Slack;

    public Task<Outcome> SendAsync(ChannelSettings settings, ChannelSecrets secrets, Notice notice, CancellationToken stop) =>
        client.PostAsync(secrets.Url!, SlackMessage.Write(notice, settings), _ => { }, status => status == HttpStatusCode.BadRequest, stop); // invalid_payload; 403, 404 and 410 are the channel's trouble
}

/// <summary>Microsoft Teams, by a workflow's webhook.</summary>
internal sealed class TeamsSender(PostClient client) : IChannelSender
{
    public ChannelKind Kind => ChannelKind.Teams;

    public Task<Outcome> SendAsync(ChannelSettings settings, ChannelSecrets secrets, Notice notice, CancellationToken stop) =>
        client.PostAsync(secrets.Url!, TeamsCard.Write(notice, settings), _ => { }, status => status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, stop);
}
