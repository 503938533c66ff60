using TftPortal.Benchmarks.Quiet;

namespace TftPortal.Tests.Alerts;

public class QuietFleetTests
{
    /// <summary>A small part of what <c>Benchmarks -- quiet</c> lives through (200 servers, 7 days), with the baseline alone.</summary>
    [Fact]
    public void A_flat_healthy_fleet_is_hardly_ever_alerted_on()
    {
        var report = new QuietFleet(servers: 8, seed: 17, quietShare: 1, model: null, TimeProvider.System).Live(before: .5, days: 1, TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine($"{report.Raises.Length} alerts in {report.ServerDays} server-days: {string.Join(", ", report.Raises.Select(raise => $"{raise.Server} {raise.Metric} {raise.StartedAt:t}"))}");
        Assert.InRange(report.PerServerDay, 0, .02);
    }
}
