using CsCheck;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Alerts;

/// <summary>What holds whatever happens to a fleet.</summary>
public class AlertDeskProperties
{
    private static readonly Gen<(float Memory, float Cpu, float Ahead)[][]> AnyHours =
        Gen.Select(Gen.Float[50, 100], Gen.Float[50, 100], Gen.Float[50, 100]).Array[3].Array[1, 30];

    [Fact]
    public void No_alert_is_doubled_or_lost() => AnyHours.Sample(minutes =>
    {
        var desk = new AlertDesk(AnOutlook.Watchlist, new(), AWindow.Grid);
        Dictionary<(string, string), Alert> before = [];
        HashSet<Guid> ended = [];
        for (var minute = 0; minute < minutes.Length; minute++)
        {
            var now = AReading.Noon.AddMinutes(minute * 3);
            var alerts = desk.Review(minutes[minute].Select((server, index) => AnOutlook.Of(
                AReading.From($"web-{index}").At(now).WithMemory(server.Memory).WithCpu(server.Cpu),
                AForecast.Of($"web-{index}").With(Metric.MemUsedPercent, server.Ahead, 3))), now);

            var standing = alerts.ToDictionary(alert => (alert.Server, alert.Metric)); // throws where one is doubled
            for (var index = 0; index < 3; index++)
            {
                var (memory, cpu, _) = minutes[minute][index];
                if (memory >= 98) Assert.Equal(AlertSeverity.Critical, standing[($"web-{index}", "mem_used_pct")].Severity);
                if (cpu >= 85.01) Assert.True(standing.ContainsKey(($"web-{index}", "cpu_used_pct")));
            }

            foreach (var (key, alert) in standing)
            {
                Assert.DoesNotContain(alert.Id, ended);
                if (before.TryGetValue(key, out var old)) Assert.Equal((old.Id, old.StartedAt), (alert.Id, alert.StartedAt));
                else Assert.Equal(now, alert.StartedAt);
            }

            ended.UnionWith(before.Where(old => !standing.ContainsKey(old.Key)).Select(old => old.Value.Id));
            before = standing;
        }
    });
}
