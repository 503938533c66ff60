using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Engine.Fleet;
using TftPortal.Tests.Access;
using TftPortal.Tests.Deploy;

namespace TftPortal.Tests.Notifications;

/// <summary>Debian's Alertmanager, really.</summary>
public sealed class AlertmanagerTests
{
    [Fact]
    public async Task An_Alertmanager_shows_our_alert_keeps_it_while_it_stands_honours_its_silence_and_lets_it_end()
    {
        var program = ATool.Find("prometheus-alertmanager", "prometheus-alertmanager");
        var stop = TestContext.Current.CancellationToken;
        using var folder = new AFolder();
        folder.Write("am.yml", "route: { receiver: nobody }", "receivers: [ { name: nobody } ]");
        var port = FreePort();
        using var running = Process.Start(new ProcessStartInfo(program, [$"--config.file={folder["am.yml"]}", $"--storage.path={folder.Path}", $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address="]) { UseShellExecute = false, RedirectStandardError = true })!;
        running.ErrorDataReceived += (_, _) => { }; // drained, so that it never waits for us
        running.BeginErrorReadLine();
        try
        {
            using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}/api/v2/") };
            await KeyedPortal.EventuallyAsync(async () => await IsReadyAsync(client, stop));
            // Behind the real time, so that what ends by the test's clock has ended for the Alertmanager.
            await using var portal = await ATellingPortal.StartAsync(new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddSeconds(-30)), "--Notifications:AlertmanagerSeconds=20");
            await portal.RouteAsync(await portal.ChannelAsync($$"""{"name":"am","kind":"alertmanager","url":"http://127.0.0.1:{{port}}"}"""));
            var trouble = new ATrouble("web-01");
            portal.Show(trouble);
            await KeyedPortal.EventuallyAsync(async () => (await AlertsAsync(client, stop)).Count == 1);
            var shown = (await AlertsAsync(client, stop)).Single();
            Assert.Equal(("TftIncident", trouble.Key, "warning"), (Label(shown, "alertname"), Label(shown, "key"), Label(shown, "severity")));
            Assert.Equal("web-01: mem_used_pct", shown.GetProperty("annotations").GetProperty("summary").GetString());
            var end = shown.GetProperty("endsAt").GetDateTimeOffset();

            portal.Clock.Advance(TimeSpan.FromSeconds(21)); // it is sent again, and ends later
            await KeyedPortal.EventuallyAsync(async () => (await AlertsAsync(client, stop)).Single().GetProperty("endsAt").GetDateTimeOffset() > end);

            portal.Show(trouble with { Severity = AlertSeverity.Critical });
            await KeyedPortal.EventuallyAsync(async () => (await AlertsAsync(client, stop)) is [var only] && Label(only, "severity") == "critical"); // the warning is over there

            using var silenced = await client.PostAsJsonAsync("silences", new
            {
                matchers = new[] { new { name = "key", value = trouble.Key, isRegex = false, isEqual = true } },
                startsAt = TimeProvider.System.GetUtcNow(), endsAt = TimeProvider.System.GetUtcNow().AddHours(1), createdBy = "a test", comment = "looking",
            }, stop);
            Assert.True(silenced.IsSuccessStatusCode, await silenced.Content.ReadAsStringAsync(stop));
            await KeyedPortal.EventuallyAsync(async () => (await AlertsAsync(client, stop)) is [var only] && only.GetProperty("status").GetProperty("state").GetString() == "suppressed");

            portal.Show();
            await KeyedPortal.EventuallyAsync(async () => (await AlertsAsync(client, stop)).Count == 0);
        }
        finally
        {
            running.Kill();
            await running.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<List<JsonElement>> AlertsAsync(HttpClient client, CancellationToken stop) =>
        [.. (await client.GetFromJsonAsync<JsonElement>("alerts", stop)).EnumerateArray()];

    private static string Label(JsonElement alert, string name) => alert.GetProperty("labels").GetProperty(name).GetString()!;

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken stop)
    {
        try
        {
            using var answer = await client.GetAsync("status", stop);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
