using TftPortal.Engine.Fleet;
using TftPortal.Engine.Simulation;

namespace TftPortal.Tests.Simulation;

public sealed class FleetSimulatorTests
{
    [Fact]
    public void Twenty_servers_cover_the_seven_profiles_under_names_of_their_own()
    {
        var servers = new FleetSimulator(20, seed: 1).Servers;
        Assert.Equal(20, servers.Select(server => server.Name).Distinct().Count());
        Assert.Equal(7, servers.Select(server => server.Profile).Distinct().Count());
        Assert.All(servers, server => Assert.Matches("^[A-Za-z0-9][A-Za-z0-9._:-]{0,252}$", server.Name));
        Assert.All(servers.Where(server => server.Profile == ServerProfile.Database), server => Assert.StartsWith("ppdb", server.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_seed_gives_the_same_fleet()
    {
        var one = new FleetSimulator(14, seed: 5).Servers.Select(server => SimulatedSeries.Of(server, days: 1).Steps);
        var two = new FleetSimulator(14, seed: 5).Servers.Select(server => SimulatedSeries.Of(server, days: 1).Steps);
        Assert.Equal(one, two);
    }

    [Fact]
    public void A_healthy_fleet_rarely_passes_a_warning_threshold_in_a_week()
    {
        int steps = 0, alarming = 0;
        foreach (var series in Weeks(fleets: 5))
        {
            foreach (var (profile, values) in series)
            {
                steps++;
                if (IsAlarming(profile, values)) alarming++;
            }
        }

        var share = alarming / (double)steps;
        Assert.True(share < .015, $"{share:P2} of a healthy fleet's steps are alarming.");
    }

    [Fact]
    public void A_fleet_loses_a_plausible_share_of_its_readings()
    {
        int steps = 0, silent = 0, servers = 0, withOutage = 0;
        for (var seed = 0; seed < 5; seed++)
        {
            foreach (var server in new FleetSimulator(20, seed).Servers)
            {
                var series = SimulatedSeries.Of(server, days: 14);
                steps += series.Steps.Count;
                silent += series.Silent;
                servers++;
                if (series.Silent > 3) withOutage++;
            }
        }

        Assert.InRange(silent / (double)steps, .0005, .02);
        Assert.InRange(withOutage / (double)servers, .2, .9);
    }

    [Fact]
    public void Troubled_servers_come_only_when_they_are_asked_for()
    {
        Assert.DoesNotContain(new FleetSimulator(200, seed: 3).Servers, server => server.Temper == ServerTemper.Troubled);
        Assert.InRange(new FleetSimulator(200, seed: 3, troubledShare: .3).Servers.Count(server => server.Temper == ServerTemper.Troubled), 40, 80);
    }

    [Fact]
    public void A_fleet_of_none_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new FleetSimulator(0, seed: 1));

    private static IEnumerable<List<(ServerProfile Profile, float[] Values)>> Weeks(int fleets) =>
        from seed in Enumerable.Range(0, fleets)
        from server in new FleetSimulator(20, seed).Servers
        select SimulatedSeries.Of(server, days: 7).Steps.Select(values => (server.Profile, values)).ToList();

    // The warning thresholds of the contract; NaN is no danger.
    private static bool IsAlarming(ServerProfile profile, float[] values) =>
        100 - values[(int)Metric.CpuIdlePercent] >= 85
        || values[(int)Metric.CpuUserPercent] >= 85
        || values[(int)Metric.MemUsedPercent] >= (profile == ServerProfile.Database ? 95 : 90)
        || values[(int)Metric.CpuIowaitPercent] >= 20
        || values[(int)Metric.SwapUsedPercent] >= 25
        || values[(int)Metric.DiskUsagePercent] >= 85
        || values[(int)Metric.LoadAverage] >= 8;
}
