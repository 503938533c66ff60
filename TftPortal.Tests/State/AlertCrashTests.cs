using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TftPortal.Benchmarks.Crash;
using TftPortal.Tests.Access;

namespace TftPortal.Tests.State;

/// <summary>A real portal, killed with <c>kill -9</c> right after it answered.</summary>
public sealed class AlertCrashTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "TftPortal.dll");

    [Fact(Timeout = 120_000)]
    public async Task An_alert_keeps_its_id_its_acknowledgement_and_its_silence_over_a_kill_right_after_the_answer()
    {
        var stop = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("tft-alert-crash-").FullName;
        var key = (await KeysCommandTests.RunAsync("create", "--scope", "feed,read,admin", "--name", "tester", "--data", folder)).Output.Trim();
        JsonElement before, incident;
        string id;
        using (var portal = await StartAsync())
        {
            await FeedAsync(portal);
            before = await AlertAsync(portal);
            incident = await GetAsync(portal, "alerts/incidents");
            id = before.GetProperty("id").GetString()!;
            await PostAsync(portal, "api/alerts/silences", new { servers = "web-*", minutes = 600, reason = "We know." });
            await PostAsync(portal, $"alerts/{id}/acknowledge", new { reason = "I am on it.", name = "Anna" });
            await portal.KillAsync();
        }

        using var again = await StartAsync();
        var after = await AlertAsync(again);
        Assert.Equal((id, before.GetProperty("started_at").GetString()), (after.GetProperty("id").GetString(), after.GetProperty("started_at").GetString()));
        Assert.StartsWith("Anna by key ", after.GetProperty("acknowledged_by").GetString(), StringComparison.Ordinal);
        Assert.Equal("I am on it.", after.GetProperty("acknowledge_reason").GetString());
        Assert.NotEqual(JsonValueKind.Null, after.GetProperty("silenced_until").ValueKind);
        Assert.Equal(incident.GetProperty("incidents")[0].GetProperty("id").GetString(), after.GetProperty("incident_id").GetString());
        await again.KillAsync();
        Directory.Delete(folder, recursive: true);

        // Steps of 300 s: a reading must speak for the present in the second life too.
        async Task<CrashPortal> StartAsync()
        {
            var portal = await CrashPortal.StartAsync(Program, folder, stop, "--Engine:StepSeconds=300", "--Engine:ForecastSeconds=1");
            portal.Client.DefaultRequestHeaders.Add("X-API-Key", key);
            return portal;
        }

        Task FeedAsync(CrashPortal portal) =>
            PostAsync(portal, "feed/data", new { records = new[] { new { timestamp = TimeProvider.System.GetUtcNow(), server_name = "web-01", mem_used_pct = 99 } } });

        async Task<JsonElement> AlertAsync(CrashPortal portal)
        {
            JsonElement alerts = default;
            await KeyedPortal.EventuallyAsync(async () => (alerts = (await GetAsync(portal, "alerts/active")).GetProperty("alerts")).GetArrayLength() == 1);
            return alerts[0];
        }

        async Task<JsonElement> GetAsync(CrashPortal portal, string path) => JsonDocument.Parse(await portal.Client.GetByteArrayAsync(path, stop)).RootElement.Clone();

        async Task PostAsync(CrashPortal portal, string path, object body)
        {
            using var answer = await portal.Client.PostAsJsonAsync(path, body, stop);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(stop)}");
        }
    }
}
