using MimeKit;
using TftPortal.Engine.Fleet;
using TftPortal.Tests.Access;

namespace TftPortal.Tests.Notifications;

/// <summary>Mail arrives, encrypted, in text and HTML, and one concern is one thread.</summary>
public sealed class MailTests
{
    [Fact]
    public async Task A_mail_server_receives_an_incident_and_its_end_by_STARTTLS()
    {
        await using var server = new ASmtpServer();
        await using var portal = await ATellingPortal.StartAsync(null, "--Notifications:PortalUrl=https://tft.example.com");
        await portal.RouteAsync(await ChannelAsync(portal, server, server.Fingerprint));
        var trouble = new ATrouble("web-01") { Severity = AlertSeverity.Critical };
        portal.Show(trouble);
        await portal.UntilAsync(() => server.Taken.Count == 1);
        portal.Show();
        await portal.UntilAsync(() => server.Taken.Count == 2);

        Assert.All(server.Taken, taken => Assert.Equal((true, "portal"), (taken.WasEncrypted, taken.SignedInAs)));
        var (raised, resolved) = (server.Taken[0].Mail, server.Taken[1].Mail);
        Assert.Equal(("[new] critical: web-01: mem_used_pct", "[resolved] critical: web-01: mem_used_pct"), (raised.Subject, resolved.Subject));
        Assert.Equal(["ops@example.com", "night@example.com", "portal@example.com"], raised.To.Mailboxes.Concat(raised.From.Mailboxes).Select(one => one.Address));
        Assert.Contains("web-01: memory at 97 %, over 90 %.", raised.TextBody);
        Assert.Contains("https://tft.example.com/servers/web-01", raised.TextBody);
        Assert.Contains("<h2", raised.HtmlBody);
        Assert.Equal(raised.References, resolved.References);
        Assert.NotEqual(raised.MessageId, resolved.MessageId);
        Assert.Equal("auto-generated", raised.Headers["Auto-Submitted"]);
        Assert.IsType<MultipartAlternative>(raised.Body);
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_mail_server_without_TLS_or_with_a_certificate_that_nobody_vouches_for()
    {
        await using var server = new ASmtpServer();
        await using var portal = await ATellingPortal.StartAsync();
        var untrusted = await ChannelAsync(portal, server, null);
        Assert.Contains("TLS with the mail server failed", await FaultAsync(portal, untrusted));
        var other = await ChannelAsync(portal, server, new string('A', 64));
        Assert.Contains("TLS with the mail server failed", await FaultAsync(portal, other));
        server.OffersTls = false;
        Assert.Contains("offers no STARTTLS", await FaultAsync(portal, untrusted));
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task What_the_mail_server_says_is_told()
    {
        await using var server = new ASmtpServer { Verdict = "451 4.3.0 try later" };
        await using var portal = await ATellingPortal.StartAsync();
        Assert.Equal("The mail server answered 451: 4.3.0 try later", await FaultAsync(portal, await ChannelAsync(portal, server, server.Fingerprint)));
    }

    [Fact]
    public async Task An_address_that_the_mail_server_refuses_keeps_no_other_from_the_mail_and_is_named()
    {
        await using var server = new ASmtpServer { Unknown = { "ops@example.com" } };
        await using var portal = await ATellingPortal.StartAsync();
        var channel = await ChannelAsync(portal, server, server.Fingerprint);
        await portal.RouteAsync(channel);
        portal.Show(new ATrouble("web-01"));
        await portal.UntilAsync(() => server.Taken.Count == 1);
        portal.Show();
        await portal.UntilAsync(() => server.Taken.Count == 2); // nothing is held up
        const string Said = "The mail server took it, but not for ops@example.com (550 5.1.1 nobody of that name).";
        await KeyedPortal.EventuallyAsync(async () => (await portal.QueueAsync()).TrueForAll(row => (row.State, row.Fault) == ("sent", Said)));
        var tried = await portal.AskAsync(HttpMethod.Post, $"/{channel}/test");
        Assert.Equal((true, Said), (tried.GetProperty("delivered").GetBoolean(), tried.GetProperty("fault").GetString()));
        var listed = (await portal.AskAsync(HttpMethod.Get, "")).GetProperty("channels")[0];
        Assert.Equal((0, Said), (listed.GetProperty("failures_in_a_row").GetInt32(), listed.GetProperty("last_fault").GetString()));

        server.Unknown.Add("night@example.com");
        Assert.StartsWith("The mail server takes it for nobody: ops@example.com (550 5.1.1 nobody of that name), night@example.com", await FaultAsync(portal, channel));
    }

    private static async Task<string> FaultAsync(ATellingPortal portal, string id) => (await portal.AskAsync(HttpMethod.Post, $"/{id}/test")).GetProperty("fault").GetString()!;

    private static Task<string> ChannelAsync(ATellingPortal portal, ASmtpServer server, string? fingerprint) => portal.ChannelAsync(
        $$"""{"name":"mail {{Guid.NewGuid():N}}","kind":"email","smtp_host":"127.0.0.1","smtp_port":{{server.Port}},"user_name":"portal","password":"mail-password-of-a-test","from":"portal@example.com","to":["ops@example.com","night@example.com"]{{(fingerprint is null ? "" : $",\"certificate_sha256\":\"{fingerprint}\"")}}}""");
}
