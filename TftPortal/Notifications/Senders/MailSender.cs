using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Delivery;
using AuthenticationException = System.Security.Authentication.AuthenticationException;

namespace TftPortal.Notifications.Senders;

/// <summary>E-mail by SMTP. With STARTTLS nothing is sent where the server does not offer it, and a password never without TLS.</summary>
internal sealed class MailSender : IChannelSender
{
    public ChannelKind Kind => ChannelKind.Email;

    public async Task<Outcome> SendAsync(ChannelSettings settings, ChannelSecrets secrets, Notice notice, CancellationToken stop)
    {
        using var mail = MailMessage.Write(notice, settings);
        using var client = new MailClient { CheckCertificateRevocation = false }; // as HttpClient: many houses' lists can't be reached from within
        if (settings.CertificateSha256 is { } pinned) client.ServerCertificateValidationCallback = (_, certificate, _, _) => IsPinned(certificate, pinned);
        try
        {
            await client.ConnectAsync(settings.SmtpHost!, settings.SmtpPort, settings.SmtpSecurity switch
            {
                MailSecurity.Starttls => SecureSocketOptions.StartTls,
                MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
                _ => SecureSocketOptions.None,
            }, stop);
            if (settings.UserName is { } user) await client.AuthenticateAsync(user, secrets.Password!, stop);
            await client.SendAsync(mail, stop);
            await QuitAsync(client, stop);
            return client.Refused.Count == 0 ? Outcome.Delivered : Outcome.DeliveredBut($"The mail server took it, but not for {string.Join(", ", client.Refused)}.");
        }
        catch (SmtpCommandException) when (client.Refused.Count == settings.To.Length)
        {
            return Outcome.TryAgain($"The mail server takes it for nobody: {string.Join(", ", client.Refused)}.");
        }
        catch (SmtpCommandException refused)
        {
            var fault = $"The mail server answered {(int)refused.StatusCode}: {refused.Message}";
            // 5xx to the message itself; to a sender or receiver it is the channel's trouble, which an admin may mend.
            return refused.ErrorCode == SmtpErrorCode.MessageNotAccepted && (int)refused.StatusCode >= 500 ? Outcome.Refused(fault) : Outcome.TryAgain(fault);
        }
        catch (SslHandshakeException fault)
        {
            return Outcome.TryAgain($"TLS with the mail server failed: {fault.InnerException?.Message ?? "its certificate is not trusted"} A certificate of the house's own can be named by its SHA-256.");
        }
        catch (NotSupportedException)
        {
            return Outcome.TryAgain("The mail server offers no STARTTLS, and without TLS nothing is sent.");
        }
        catch (Exception fault) when (fault is MailKit.Security.AuthenticationException or AuthenticationException)
        {
            return Outcome.TryAgain($"The mail server refused the user name or password: {fault.Message}");
        }
        catch (Exception fault) when (fault is SocketException or IOException or ProtocolException or ServiceNotConnectedException)
        {
            return Outcome.TryAgain($"The mail server can't be reached, or the connection broke: {fault.Message}");
        }
    }

    // The mail is accepted by then: a server that is rude at the good-bye must not get it twice.
    private static async Task QuitAsync(MailClient client, CancellationToken stop)
    {
        try
        {
            await client.DisconnectAsync(quit: true, stop);
        }
        catch (Exception fault) when (fault is IOException or SocketException or ProtocolException or OperationCanceledException)
        {
            // Closed all the same.
        }
    }

    private static bool IsPinned(X509Certificate? certificate, string pinned) =>
        certificate is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(certificate.GetRawCertData()), Convert.FromHexString(pinned));
}
