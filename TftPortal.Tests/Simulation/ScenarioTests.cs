using TftPortal.Engine.Fleet;
using TftPortal.Engine.Simulation;

namespace TftPortal.Tests.Simulation;

public sealed class ScenarioTests
{
    [Fact]
    public void A_degrading_server_passes_the_memory_warning_between_one_and_two_hours_and_the_critical_threshold_later()
    {
        foreach (var profile in Enum.GetValues<ServerProfile>())
        {
            var (warning, critical) = profile == ServerProfile.Database ? (95, 99) : (90, 98);
            var memory = SimulatedSeries.Of(Speaking(profile, SimulationScenario.Degrading), days: 1).Of(Metric.MemUsedPercent).ToList();
            var warned = memory.First(point => point.Value >= warning).Step;
            var failed = memory.First(point => point.Value >= critical).Step;
            Assert.InRange(warned, 12, 24);
            Assert.InRange(failed, warned + 3, warned + 18);
        }
    }

    [Fact]
    public void A_degrading_servers_memory_rises_steadily_before_the_warning_so_that_it_can_be_foreseen()
    {
        var memory = SimulatedSeries.Of(Speaking(ServerProfile.WebApi, SimulationScenario.Degrading), days: 1).Of(Metric.MemUsedPercent).TakeWhile(point => point.Value < 90).ToList();
        var rises = memory.Zip(memory.Skip(1), (before, after) => after.Value > before.Value).ToList();
        Assert.True(rises.Count(rose => rose) >= .8 * rises.Count);
    }

    [Fact]
    public void A_degrading_server_reboots_at_last_and_begins_anew()
    {
        var uptime = SimulatedSeries.Of(Speaking(ServerProfile.WebApi, SimulationScenario.Degrading), days: 1).Of(Metric.UptimeDays).ToList();
        Assert.InRange(uptime.Zip(uptime.Skip(1)).Count(pair => pair.Second.Value < pair.First.Value), 2, 6);
    }

    [Fact]
    public void A_critical_server_is_past_the_critical_thresholds_of_memory_swap_and_iowait_within_three_steps_and_stays()
    {
        foreach (var profile in Enum.GetValues<ServerProfile>())
        {
            var series = SimulatedSeries.Of(Speaking(profile, SimulationScenario.Critical), days: 1);
            Assert.All(series.Of(Metric.MemUsedPercent).Where(point => point.Step is >= 3 and < 40), point => Assert.True(point.Value >= (profile == ServerProfile.Database ? 99 : 98)));
            Assert.All(series.Of(Metric.SwapUsedPercent).Where(point => point.Step is >= 3 and < 40), point => Assert.True(point.Value >= 50));
            Assert.All(series.Of(Metric.CpuIowaitPercent).Where(point => point.Step is >= 3 and < 40), point => Assert.True(point.Value >= 30));
        }
    }

    [Fact]
    public void A_server_recovers_gradually_when_the_scenario_is_healthy_again()
    {
        var quiet = new float[MetricCatalog.Count];
        var values = new float[MetricCatalog.Count];
        var untouched = Speaking(ServerProfile.WebApi, SimulationScenario.Healthy);
        var server = Speaking(ServerProfile.WebApi, SimulationScenario.Critical);
        var step = 0;
        void Go(int steps)
        {
            for (var end = step + steps; step < end; step++)
            {
                untouched.Advance(SimulatedSeries.TimeOf(step), quiet);
                server.Advance(SimulatedSeries.TimeOf(step), values);
            }
        }

        Go(6);
        server.Scenario = SimulationScenario.Healthy;
        Go(1);
        Assert.True(values[(int)Metric.MemUsedPercent] > 95, "It did not fall at once.");
        Go(25);
        Assert.Equal(quiet, values); // and then it is as if nothing had been
    }

    [Fact]
    public void A_switch_can_take_effect_in_the_step_that_has_begun()
    {
        var server = Speaking(ServerProfile.WebApi, SimulationScenario.Healthy);
        var values = new float[MetricCatalog.Count];
        server.Advance(SimulatedSeries.Start, values);
        var before = (float[])values.Clone();
        server.Scenario = SimulationScenario.Critical;
        server.Reconsider(values);
        Assert.True(values[(int)Metric.MemUsedPercent] > before[(int)Metric.MemUsedPercent] + 10);
        Assert.Equal(before[(int)Metric.DiskUsagePercent], values[(int)Metric.DiskUsagePercent]);
        server.Scenario = SimulationScenario.Healthy;
        server.Reconsider(values);
        Assert.Equal(before[(int)Metric.MemUsedPercent], values[(int)Metric.MemUsedPercent]);
    }

    [Fact]
    public void Troubled_servers_have_such_incidents_of_their_own_every_few_days_and_others_have_none()
    {
        int SwapIncidents(ServerTemper temper) => Enumerable.Range(0, 20).Sum(seed =>
        {
            var swap = SimulatedSeries.Of(new("server", ServerProfile.WebApi, seed, temper: temper), days: 28).Of(Metric.SwapUsedPercent).ToList();
            return swap.Zip(swap.Skip(1)).Count(pair => pair.First.Value < 40 && pair.Second.Value >= 40);
        });
        Assert.InRange(SwapIncidents(ServerTemper.Troubled), 15, 150);
        Assert.Equal(0, SwapIncidents(ServerTemper.Ordinary));
    }

    /// <summary>A server with swap that sends everything all day, whatever befalls it.</summary>
    internal static ServerSimulator Speaking(ServerProfile profile, SimulationScenario scenario)
    {
        for (var seed = 0; ; seed++)
        {
            var trial = new ServerSimulator("server", profile, seed, temper: ServerTemper.Ordinary);
            if (!trial.HasSwap) continue;
            var series = SimulatedSeries.Of(trial, days: 1);
            if (series.Silent == 0 && series.Of(Metric.MemUsedPercent).Count() == 288 && series.Of(Metric.CpuIowaitPercent).Count() == 288 && series.Of(Metric.DiskUsagePercent).Any())
                return new("server", profile, seed, scenario, ServerTemper.Ordinary);
        }
    }
}
