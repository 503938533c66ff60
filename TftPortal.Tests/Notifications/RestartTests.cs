using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using TftPortal.Access.ApiKeys;
using TftPortal.Benchmarks;
using TftPortal.Tests.Access;
using TftPortal.Tests.Api;

namespace TftPortal.Tests.Notifications;

/// <summary>What a portal that is killed leaves behind, and what its successor makes of it.</summary>
public sealed class RestartTests
{
    private static readonly string[] Kinds = ["key_expiry"];

    [Fact]
    public async Task A_portal_killed_in_the_middle_of_a_delivery_neither_loses_nor_doubles_it()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new AFolder();
        await using var receiver = await AReceiver.StartAsync();
        string admin, channel;
        await using (var first = await KeyedPortal.StartAsync(null, false, $"--TFT_DATA_DIR={folder.Path}"))
        {
            await using var portal = new ATellingPortal(first, new());
            channel = await portal.WebhookAsync("ops", receiver);
            await first.MakeAsync("short-lived", ApiScopes.Read, days: 10); // what there is to tell
            admin = first.Admin;
        }

        List<string> ids = [];
        receiver.Answer = async http =>
        {
            ids.Add(http.Request.Headers["webhook-id"].ToString());
            if (ids.Count == 1) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // it has it, and never says so
        };
        using (var killed = await PortalAsync(folder.Path, stop))
        {
            using var client = Client(killed.Address, admin);
            using var made = await client.PostAsJsonAsync("api/channels/routes", new { name = "keys", channel_id = channel, kinds = Kinds }, stop);
            made.EnsureSuccessStatusCode();
            await KeyedPortal.EventuallyAsync(() => Task.FromResult(ids.Count == 1));
        } // kill -9

        await using var successor = await RunningPortal.StartAsync(null, false, $"--TFT_DATA_DIR={folder.Path}", "--TFT_API_KEY=", "--RateLimits:AdminPerMinute=100000");
        await KeyedPortal.EventuallyAsync(async () => (await DeliveriesAsync(successor, admin)) is [var only] && only.GetProperty("state").GetString() == "sent");
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, stop); // it looks at its start and would have told again
        Assert.Equal(2, ids.Count);
        Assert.Equal(ids[0], ids[1]); // the receiver can tell that it is the same
        Assert.Single(await DeliveriesAsync(successor, admin));
    }

    private static async Task<List<JsonElement>> DeliveriesAsync(RunningPortal portal, string key)
    {
        using var answer = await portal.SendAsync(HttpMethod.Get, "/api/channels/deliveries", key: key);
        return [.. (await RunningPortal.JsonOf(answer)).GetProperty("deliveries").EnumerateArray()];
    }

    private static HttpClient Client(Uri address, string key) => new() { BaseAddress = address, DefaultRequestHeaders = { { "X-API-Key", key } } };

    private static async Task<Portal> PortalAsync(string folder, CancellationToken stop)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "TftPortal.dll"), .. PortalProcess.Switches, "--RateLimits:AdminPerMinute=100000", $"--Engine:ModelFolder={Path.Combine(folder, "no-model")}", $"--TFT_DATA_DIR={folder}", "--TFT_API_KEY="])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        var process = Process.Start(start)!;
        try
        {
            return new(process, await PortalProcess.AddressOfAsync(process, _ => { }, () => "", TimeProvider.System, stop));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    private sealed record Portal(Process Process, Uri Address) : IDisposable
    {
        public void Dispose()
        {
            Process.Kill(); // SIGKILL
            Process.WaitForExit();
            Process.Dispose();
        }
    }
}
