using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace TftPortal.Notifications.Senders;

/// <summary>Sends a mail to those receivers that the server takes, and remembers whom it does not.</summary>
internal sealed class MailClient : SmtpClient
{
    private readonly List<string> refused = [];

    /// <summary>Each refused address and what the server said of it, in order.</summary>
    public IReadOnlyList<string> Refused => refused;

    /// <summary>Noted and not thrown: one address that nobody has any more must not keep the others from their mail.</summary>
    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        refused.Add($"{mailbox.Address} ({(int)response.StatusCode} {response.Response})");
}
