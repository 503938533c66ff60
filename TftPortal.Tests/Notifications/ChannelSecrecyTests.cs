using System.Text;
using Microsoft.AspNetCore.Http;
using TftPortal.Notifications.Channels;
using TftPortal.Tests.Access;

namespace TftPortal.Tests.Notifications;

/// <summary>Where channels' secrets may stand: in what is sent to the channel, and nowhere else.</summary>
public sealed class ChannelSecrecyTests
{
    private static readonly string[] Secrets =
        ["path-secret-of-the-hook", ATellingPortal.SigningSecret["whsec_".Length..], "slack-secret-0001", "teams-secret-0002", "alertmanager-password-3", "pagerduty0key0of0thirtytwo0chars", "mail-password-of-a-test"];

    [Fact]
    public void A_password_is_taken_out_of_an_answer_in_base64_and_escaped_too()
    {
        var secrets = new ChannelSecrets { Password = "pass word/1" };
        Assert.Equal("Basic ••• and •••", secrets.Redact($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("tft:pass word/1"))} and pass%20word%2f1", "tft"));
    }

    [Fact]
    public async Task No_secret_of_a_channel_stands_in_the_database_in_a_log_at_Trace_or_in_an_answer_even_where_a_receiver_repeats_it()
    {
        var log = new LogBook();
        using var folder = new AFolder();
        var told = new StringBuilder();
        await using var receiver = await AReceiver.StartAsync();
        await using var mail = new ASmtpServer { Verdict = "554 5.7.1 no mail for mail-password-of-a-test" };
        receiver.Answer = async http =>
        {
            http.Response.StatusCode = 500; // repeats whatever it was sent
            http.Request.Body.Position = 0;
            await http.Response.WriteAsync($"{http.Request.Path}{http.Request.QueryString} {http.Request.Headers.Authorization} {await new StreamReader(http.Request.Body).ReadToEndAsync()}");
        };
        await using (var portal = await ATellingPortal.StartAsync(null, "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace", "--Logging:LogLevel:Microsoft.EntityFrameworkCore=Trace", $"--TFT_DATA_DIR={folder.Path}"))
        {
            portal.Hear(log);
            string[] wishes =
            [
                $$"""{"name":"hook","kind":"webhook","url":"{{receiver.Address}}{{Secrets[0]}}","signing_secret":"{{ATellingPortal.SigningSecret}}"}""",
                $$"""{"name":"slack","kind":"slack","url":"{{receiver.Address}}services/{{Secrets[2]}}"}""",
                $$"""{"name":"teams","kind":"teams","url":"{{receiver.Address}}workflows?sig={{Secrets[3]}}"}""",
                $$"""{"name":"am","kind":"alertmanager","url":"{{receiver.Address}}","user_name":"tft","password":"{{Secrets[4]}}"}""",
                $$"""{"name":"pager","kind":"pagerduty","url":"{{receiver.Address}}","routing_key":"{{Secrets[5]}}"}""",
                $$"""{"name":"mail","kind":"email","smtp_host":"127.0.0.1","smtp_port":{{mail.Port}},"certificate_sha256":"{{mail.Fingerprint}}","user_name":"portal","password":"{{Secrets[6]}}","from":"a@example.com","to":["b@example.com"]}""",
            ];
            foreach (var wish in wishes)
            {
                var made = await portal.AskAsync(HttpMethod.Post, "", wish);
                told.Append(made);
                var id = made.GetProperty("id").GetString()!;
                told.Append(await portal.AskAsync(HttpMethod.Post, $"/{id}/test"));
                await portal.RouteAsync(id);
                using var wrong = await portal.Portal.SendAsync(HttpMethod.Put, $"/api/channels/{id}", portal.Portal.Admin, wish.Replace("\"name\":\"", "\"name\":\"\\u0000", StringComparison.Ordinal));
                told.Append(await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            }

            portal.Show(new ATrouble("web-01"));
            await portal.UntilAsync(() => receiver.Asked >= 10);
            foreach (var path in (string[])["", "/routes", "/deliveries"]) told.Append(await portal.AskAsync(HttpMethod.Get, path));
        }

        var written = string.Concat(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        Assert.Contains("channel_deliveries", written, StringComparison.Ordinal); // it is the database that was read
        Assert.Contains("•••", told.ToString()); // something was repeated, and taken out
        foreach (var secret in Secrets)
        {
            Assert.DoesNotContain(secret, written, StringComparison.Ordinal);
            Assert.DoesNotContain(log.All, line => line.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(secret, told.ToString(), StringComparison.Ordinal);
        }
    }
}
