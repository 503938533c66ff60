using System.Text.Json;
using CsCheck;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.State;

namespace TftPortal.Tests.Alerts;

/// <summary>What holds whatever happens to a fleet: any readings in any order, restarts in mid-alert, clocks that jump, people who act.</summary>
public class AlertDeskProperties
{
    private static readonly Gen<(float Memory, float Cpu, float Ahead)[]> AnyServers = Gen.Select(Gen.Float[50, 100], Gen.Float[50, 100], Gen.Float[50, 100]).Array[3];

    /// <summary>Minutes until the next picture: most often 3, sometimes none, and sometimes the clock is set, back or forward.</summary>
    private static readonly Gen<int> AnyPause = Gen.Frequency((12, Gen.Const(3)), (2, Gen.Const(0)), (1, Gen.Int[-90, -1]), (1, Gen.Int[10, 600]));

    private static readonly Gen<((float Memory, float Cpu, float Ahead)[] Servers, int Pause, bool Restarts, int Act)[]> AnyHours =
        Gen.Select(AnyServers, AnyPause, Gen.Frequency((5, Gen.Const(false)), (1, Gen.Const(true))), Gen.Int[0, 9]).Array[1, 40];

    [Fact]
    public void No_alert_is_lost_or_doubled_and_what_was_done_with_it_stays() => AnyHours.Sample(pictures =>
    {
        var desk = new AlertDesk(AnOutlook.Watchlist, new(), AWindow.Grid);
        Dictionary<(string, string), Alert> before = [];
        HashSet<Guid> over = [];
        var now = AReading.Noon;
        foreach (var (servers, pause, restarts, act) in pictures)
        {
            now += TimeSpan.FromMinutes(pause);
            if (restarts) desk = Restarted(desk);
            var alerts = desk.Review(servers.Select((server, index) => AnOutlook.Of(
                AReading.From($"web-{index}").At(now).WithMemory(server.Memory).WithCpu(server.Cpu),
                AForecast.Of($"web-{index}").With(Metric.MemUsedPercent, server.Ahead, 3))), now);

            var standing = alerts.ToDictionary(alert => (alert.Server, alert.Metric)); // throws where one is doubled
            for (var index = 0; index < servers.Length; index++)
            {
                if (servers[index].Memory >= 98) Assert.Equal(AlertSeverity.Critical, standing[($"web-{index}", "mem_used_pct")].Severity);
                if (servers[index].Cpu >= 85.01) Assert.True(standing.ContainsKey(($"web-{index}", "cpu_used_pct")));
            }

            foreach (var (key, alert) in standing)
            {
                Assert.DoesNotContain(alert.Id, over);
                if (before.TryGetValue(key, out var old)) Assert.Equal((old.Id, old.StartedAt, old.AcknowledgedBy, old.Acts.Length), (alert.Id, alert.StartedAt, alert.AcknowledgedBy, alert.Acts.Length));
                else Assert.Equal((now, 0), (alert.StartedAt, alert.Acts.Length));
            }

            foreach (var (key, old) in before.Where(old => !standing.ContainsKey(old.Key)))
            {
                over.Add(old.Id);
                Assert.Equal(old.AcknowledgedBy, desk.Find(old.Id)!.AcknowledgedBy); // it ended, and can still be said to have been none
            }

            if (act < alerts.Length) desk.Replace(alerts[act].With(new(act % 2 == 0 ? AlertActKind.Acknowledged : AlertActKind.Unacknowledged, $"user {act}", now, "")));
            before = desk.Standing.ToDictionary(alert => (alert.Server, alert.Metric));
        }
    });

    [Fact]
    public void With_any_number_of_cycles_no_alert_is_raised_before_its_danger_has_shown_in_as_many_pictures() =>
        Gen.Select(Gen.Int[1, 5], Gen.Bool.Array[1, 40]).Sample((cycles, dangers) =>
        {
            var desk = new AlertDesk(AnOutlook.Watchlist, new() { RaiseCycles = cycles, ClearAfterMinutes = 0 }, AWindow.Grid);
            var shown = 0;
            for (var picture = 0; picture < dangers.Length; picture++)
            {
                var now = AReading.Noon.AddSeconds(30 * picture);
                shown = dangers[picture] ? shown + 1 : 0;
                Assert.Equal(shown >= cycles, desk.Review([AnOutlook.Of(AReading.From("web-01").At(now).WithMemory(dangers[picture] ? 99 : 40))], now).Length == 1);
            }
        });

    /// <summary>Another desk, that knows what the first one wrote down.</summary>
    private static AlertDesk Restarted(AlertDesk desk)
    {
        var kept = JsonSerializer.SerializeToUtf8Bytes(desk.Memory, AlertJsonForm.Default.AlertMemory);
        var other = new AlertDesk(AnOutlook.Watchlist, new(), AWindow.Grid);
        other.Recall(JsonSerializer.Deserialize(kept, AlertJsonForm.Default.AlertMemory)!);
        return other;
    }
}
