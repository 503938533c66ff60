using System.Globalization;
using System.Net;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Delivery;

namespace TftPortal.Notifications.Senders;

/// <summary>Our own JSON, signed, with the headers of Standard Webhooks.</summary>
internal sealed class WebhookSender(PostClient client, TimeProvider clock) : IChannelSender
{
    public ChannelKind Kind => ChannelKind.Webhook;

    public Task<Outcome> SendAsync(ChannelSettings settings, ChannelSecrets secrets, Notice notice, CancellationToken stop)
    {
        var body = WebhookBody.Write(notice);
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds(); // of this attempt: a receiver refuses what is old
        return client.PostAsync(
            secrets.Url!, body,
            request =>
            {
                request.Headers.Add("webhook-id", notice.Id.ToString());
                request.Headers.Add("webhook-timestamp", seconds.ToString(CultureInfo.InvariantCulture));
                request.Headers.Add("webhook-signature", WebhookBody.Sign(secrets.SigningSecret!, notice.Id, seconds, body));
            },
            status => status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity, stop);
    }
}
