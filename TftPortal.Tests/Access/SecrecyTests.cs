using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Records;

namespace TftPortal.Tests.Access;

/// <summary>Where a key in clear may stand: in the one answer that makes it, and nowhere else.</summary>
public sealed class SecrecyTests
{
    [Fact]
    public async Task No_key_stands_in_the_database_in_a_log_at_Trace_or_in_another_answer()
    {
        var log = new LogBook();
        List<string> secrets = [];
        var told = new StringBuilder();
        var folder = Directory.CreateTempSubdirectory("tft-secrecy-").FullName;
        await using (var portal = await KeyedPortal.StartAsync(null, true, [.. KeyedPortal.NoLimits, "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace", $"--TFT_DATA_DIR={folder}"]))
        {
            portal.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
            var made = await portal.AdministerAsync(HttpMethod.Post, "", """{"name":"agent","scopes":["feed","read"]}""");
            var id = made.GetProperty("record").GetProperty("id").GetString()!;
            var old = made.GetProperty("key").GetString()!;
            var rotated = (await portal.AdministerAsync(HttpMethod.Post, $"/{id}/rotate")).GetProperty("key").GetString()!;
            secrets.AddRange([portal.Admin, old, rotated]);
            foreach (var key in secrets)
            {
                foreach (var path in (string[])["/alerts/active", $"/alerts/active?api_key={key}", $"/status?key={key}", "/api/keys", $"/nowhere?k={key}"]) await HearAsync(portal.SendAsync(HttpMethod.Get, path, key), told);
                await HearAsync(portal.FeedAsync(key, "web-01"), told);
                await HearAsync(portal.SendAsync(HttpMethod.Post, "/feed/data", key, "{"), told);
                await SendRawAsync(portal.Address, $"GET /alerts/active HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {key}\u0001\r\n\r\n", told);
                await SendRawAsync(portal.Address, $"GET /alerts/active?k={key}\u0001 HTTP/1.1\r\nHost: localhost\r\n\r\n", told);
            }

            await HearAsync(portal.SendAsync(HttpMethod.Post, $"/api/keys/{id}/end-grace", portal.Admin), told);
            await HearAsync(portal.ReadAsync(old), told);
            await HearAsync(portal.SendAsync(HttpMethod.Delete, $"/api/keys/{id}", portal.Admin), told);
            await HearAsync(portal.ReadAsync(rotated), told);
        }

        var written = string.Concat(Directory.EnumerateFiles(folder).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        Directory.Delete(folder, recursive: true);
        Assert.Equal(3, secrets.Count);
        Assert.Contains("key_secrets", written, StringComparison.Ordinal); // it is the database that was read
        Assert.Contains(log.All, line => line.Contains("ConnectionAccepted", StringComparison.Ordinal) || line.Contains("accepted", StringComparison.Ordinal)); // it is at Trace
        foreach (var secret in secrets.Select(key => key[13..]))
        {
            Assert.DoesNotContain(secret, written, StringComparison.Ordinal);
            Assert.DoesNotContain(log.All, line => line.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(secret, told.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_audit_says_who_did_what_and_the_database_refuses_to_change_it()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var portal = await KeyedPortal.StartAsync();
        var made = await portal.AdministerAsync(HttpMethod.Post, "", """{"name":"agent","scopes":["feed"]}""");
        var id = made.GetProperty("record").GetProperty("id").GetString()!;
        await portal.AdministerAsync(HttpMethod.Post, $"/{id}/rotate");
        await portal.AdministerAsync(HttpMethod.Post, $"/{id}/end-grace");
        await portal.AdministerAsync(HttpMethod.Delete, $"/{id}");

        await using var database = await portal.Services.GetRequiredService<IDbContextFactory<PortalRecords>>().CreateDbContextAsync(stop);
        var entries = await database.Audit.Where(entry => entry.Subject == id).OrderBy(entry => entry.Number).ToListAsync(stop);
        Assert.Equal(["key.created", "key.rotated", "key.grace_ended", "key.revoked"], entries.Select(entry => entry.Action));
        Assert.All(entries, entry => Assert.Equal(("127.0.0.1", true), (entry.Origin, entry.Actor.EndsWith("(boss)", StringComparison.Ordinal))));
        await Assert.ThrowsAsync<SqliteException>(() => database.Database.ExecuteSqlAsync($"DELETE FROM audit", stop));
        await Assert.ThrowsAsync<SqliteException>(() => database.Database.ExecuteSqlAsync($"UPDATE audit SET \"Actor\" = 'nobody'", stop));
        Assert.False(database.Database.HasPendingModelChanges()); // the migrations make what the classes say
    }

    private static async Task HearAsync(Task<HttpResponseMessage> asking, StringBuilder told)
    {
        using var answer = await asking;
        told.Append(answer.Headers).Append(await answer.Content.ReadAsStringAsync());
    }

    private static async Task SendRawAsync(Uri address, string request, StringBuilder told)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        client.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream);
        told.Append(await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }
}
