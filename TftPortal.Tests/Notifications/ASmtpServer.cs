using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;

namespace TftPortal.Tests.Notifications;

/// <summary>A mail server of the test's own on a free port: EHLO, STARTTLS, AUTH PLAIN, one message a connection. It takes nothing before STARTTLS.</summary>
internal sealed class ASmtpServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly X509Certificate2 certificate = SelfMade();
    private readonly Task serving;

    public ASmtpServer()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>As the channel's setting has it.</summary>
    public string Fingerprint => Convert.ToHexString(SHA256.HashData(certificate.RawData));

    /// <summary>Whether it offers STARTTLS.</summary>
    public bool OffersTls { get; set; } = true;

    /// <summary>What it answers to a message's end.</summary>
    public string Verdict { get; set; } = "250 2.0.0 taken";

    /// <summary>Addresses that nobody has here.</summary>
    public HashSet<string> Unknown { get; } = [];

    /// <summary>The messages, and how each came.</summary>
    public List<(MimeMessage Mail, bool WasEncrypted, string? SignedInAs)> Taken { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        stop.Dispose();
        certificate.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                try
                {
                    await TalkAsync(client.GetStream());
                }
                catch (Exception fault) when (fault is IOException or System.Security.Authentication.AuthenticationException)
                {
                    // The other side went away, or does not trust the certificate.
                }
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        var isEncrypted = false;
        string? user = null;
        await SayAsync("220 test ESMTP");
        while (await HearAsync() is { } line)
        {
            var word = line.Split(' ')[0].ToUpperInvariant();
            if (word == "EHLO") await SayAsync(isEncrypted ? "250-test\r\n250 AUTH PLAIN" : OffersTls ? "250-test\r\n250 STARTTLS" : "250 test");
            else if (word == "STARTTLS")
            {
                await SayAsync("220 go on");
                var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(certificate);
                (stream, isEncrypted) = (tls, true);
            }
            else if (word == "AUTH")
            {
                user = Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2])).Split('\0')[1];
                await SayAsync("235 welcome");
            }
            else if (word == "RCPT" && Unknown.FirstOrDefault(line.Contains) is not null) await SayAsync("550 5.1.1 nobody of that name");
            else if (word == "DATA")
            {
                await SayAsync("354 go on");
                var text = new StringBuilder();
                while (await HearAsync() is { } part && part != ".") text.Append(part.StartsWith('.') ? part[1..] : part).Append("\r\n");
                if (Verdict.StartsWith('2')) Taken.Add((await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), stop.Token), isEncrypted, user));
                await SayAsync(Verdict);
            }
            else if (word == "QUIT")
            {
                await SayAsync("221 bye");
                return;
            }
            else await SayAsync("250 ok");
        }

        async Task SayAsync(string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), stop.Token);

        async Task<string?> HearAsync()
        {
            var line = new List<byte>();
            var one = new byte[1];
            while (await stream.ReadAsync(one, stop.Token) == 1)
            {
                if (one[0] == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
                line.Add(one[0]);
            }

            return null;
        }
    }

    private static X509Certificate2 SelfMade()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
