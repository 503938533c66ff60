using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Demo;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Simulation;

namespace TftPortal.Tests.Demo;

public sealed class DemoFleetTests
{
    private readonly FakeTimeProvider clock = new(new(2026, 3, 11, 10, 2, 30, TimeSpan.Zero)); // a Wednesday, in the middle of a step

    [Fact]
    public void Twenty_servers_come_with_a_week_of_past_one_simulated_reading_a_step()
    {
        var readings = Backfill(Fleet(), hours: 168);
        var first = clock.GetUtcNow().AddHours(-168).AddMinutes(-5);
        Assert.Equal(20, readings.Select(reading => reading.Server).Distinct().Count());
        Assert.All(readings, reading => Assert.InRange(reading.Time, first, clock.GetUtcNow()));
        Assert.All(readings, reading => Assert.True(reading.IsSimulated));
        Assert.Equal(readings.Count, readings.Select(reading => (reading.Server, new StepGrid(300).StepOf(reading.Time))).Distinct().Count());
        Assert.InRange(readings.Count, 20 * 2016 * .97, 20 * 2016); // outages and lost readings are honoured
        Assert.True(readings.Count < 20 * 2016, "Some reading must be missing in a week.");
    }

    [Fact]
    public void The_present_goes_on_where_the_past_ended()
    {
        var fleet = Fleet();
        var last = Backfill(fleet, hours: 24).GroupBy(reading => reading.Server).ToDictionary(group => group.Key, group => group.Last());
        var now = Live(fleet);
        foreach (var reading in now.Where(reading => reading.Server != fleet.IncidentServer))
        {
            Assert.Equal(clock.GetUtcNow(), reading.Time);
            var before = last[reading.Server];
            if (before.Of(Metric.UptimeDays) > reading.Of(Metric.UptimeDays)) continue; // it has just booted
            AssertNear(before, reading, Metric.DiskUsagePercent, 5);
            AssertNear(before, reading, Metric.MemUsedPercent, 12);
            Assert.InRange(reading.Of(Metric.UptimeDays) - before.Of(Metric.UptimeDays), 0, .01);
        }
    }

    [Fact]
    public void Readings_move_from_one_moment_to_the_next_within_range_and_with_a_whole_cpu()
    {
        var fleet = Fleet();
        _ = Backfill(fleet, hours: 24);
        var moved = 0;
        var before = Live(fleet).ToDictionary(reading => reading.Server);
        for (var tick = 0; tick < 200; tick++)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            foreach (var reading in Live(fleet))
            {
                foreach (var definition in MetricCatalog.All)
                {
                    var value = reading.Of(definition.Metric);
                    if (float.IsNaN(value)) continue;
                    Assert.InRange(value, 0, definition.Maximum);
                    if (definition.IsInteger) Assert.Equal(MathF.Round(value), value);
                }

                var cpu = reading.Of(Metric.CpuUserPercent) + reading.Of(Metric.CpuSysPercent) + reading.Of(Metric.CpuIowaitPercent) + reading.Of(Metric.CpuIdlePercent);
                Assert.False(cpu > 100.01f, $"{reading.Server} uses {cpu} % of its CPU.");
                if (before.TryGetValue(reading.Server, out var old) && old.Of(Metric.CpuUserPercent) != reading.Of(Metric.CpuUserPercent)) moved++;
                before[reading.Server] = reading;
            }
        }

        Assert.True(moved > 3500, $"{moved} of about 4000 readings moved.");
    }

    [Fact]
    public void An_incident_is_under_way_at_the_start_but_has_not_passed_its_threshold()
    {
        var fleet = Fleet();
        var memory = Backfill(fleet, hours: 24).Where(reading => reading.Server == fleet.IncidentServer).Select(reading => reading.Of(Metric.MemUsedPercent)).ToList();
        Assert.InRange(memory[^1], 75, 89.9f);
        Assert.True(memory[^1] > memory[^13] + 10, $"It rose from {memory[^13]} to {memory[^1]} in the last hour.");
        Assert.All(memory, value => Assert.True(value < 90));

        for (var minute = 0; minute < 60; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            memory.Add(Live(fleet).Single(reading => reading.Server == fleet.IncidentServer).Of(Metric.MemUsedPercent));
        }

        Assert.Contains(memory, value => value >= 90); // within the hour that alerts look ahead
    }

    [Fact]
    public void A_healthy_demo_has_no_incident()
    {
        var fleet = Fleet(SimulationScenario.Healthy);
        Assert.All(
            Backfill(fleet, hours: 48).Where(reading => reading.Server == fleet.IncidentServer),
            reading => Assert.True(reading.Of(Metric.MemUsedPercent) < 90 && !(reading.Of(Metric.SwapUsedPercent) >= 25)));
    }

    [Fact]
    public void A_critical_demo_is_past_the_critical_thresholds_from_the_start()
    {
        var fleet = Fleet(SimulationScenario.Critical);
        _ = Backfill(fleet, hours: 24);
        var reading = Live(fleet).Single(candidate => candidate.Server == fleet.IncidentServer);
        Assert.True(reading.Of(Metric.MemUsedPercent) >= 98);
        Assert.True(reading.Of(Metric.SwapUsedPercent) >= 50);
        Assert.True(reading.Of(Metric.CpuIowaitPercent) >= 30);
    }

    [Fact]
    public void A_switch_of_the_scenario_is_announced_once_and_shows_without_a_jump_but_soon()
    {
        var fleet = Fleet(SimulationScenario.Healthy);
        _ = Backfill(fleet, hours: 24);
        var announced = 0;
        fleet.Changed += () => announced++;
        var before = MemoryOf(fleet);
        fleet.Scenario = SimulationScenario.Critical;
        fleet.Scenario = SimulationScenario.Critical;
        Assert.Equal(1, announced);
        Assert.InRange(MemoryOf(fleet), before - .5, before + .5);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(MemoryOf(fleet) > before + 3, "A minute later memory has risen.");
        clock.Advance(TimeSpan.FromMinutes(14));
        Assert.True(MemoryOf(fleet) >= 98, "A quarter of an hour later it is critical.");
        fleet.Scenario = SimulationScenario.Healthy;
        clock.Advance(TimeSpan.FromMinutes(150));
        Assert.InRange(MemoryOf(fleet), before - 15, before + 15);
    }

    [Fact]
    public void The_same_seed_and_moment_give_the_same_demo()
    {
        var (one, two) = (Fleet(), Fleet());
        Assert.Equal(Backfill(one, hours: 24).SelectMany(reading => reading.Values), Backfill(two, hours: 24).SelectMany(reading => reading.Values));
        Assert.Equal(Live(one).SelectMany(reading => reading.Values), Live(two).SelectMany(reading => reading.Values));
    }

    [Fact]
    public void The_past_is_given_once()
    {
        var fleet = Fleet();
        _ = fleet.ReadNow();
        Assert.Throws<InvalidOperationException>(() => fleet.Backfill(1, 100).Count());
    }

    private DemoFleet Fleet(SimulationScenario scenario = SimulationScenario.Degrading) => new(Options.Create(new DemoOptions { Scenario = scenario }), clock);

    private static float MemoryOf(DemoFleet fleet) => Live(fleet).Single(reading => reading.Server == fleet.IncidentServer).Of(Metric.MemUsedPercent);

    private static List<Reading> Backfill(DemoFleet fleet, int hours) => [.. fleet.Backfill(hours, 1000).SelectMany(Readings)];

    private static List<Reading> Live(DemoFleet fleet) => [.. Readings(fleet.ReadNow())];

    private static IEnumerable<Reading> Readings(ReadingBatch batch) => Enumerable.Range(0, batch.Count).Select(index =>
        new Reading(batch.Server(index), DateTimeOffset.FromUnixTimeMilliseconds(batch.UnixMilliseconds(index)), batch.Values(index).ToArray(), batch.IsSimulated));

    private static void AssertNear(Reading before, Reading now, Metric metric, float tolerance)
    {
        if (float.IsNaN(before.Of(metric)) || float.IsNaN(now.Of(metric))) return;
        Assert.InRange(now.Of(metric), before.Of(metric) - tolerance, before.Of(metric) + tolerance);
    }

    private sealed record Reading(string Server, DateTimeOffset Time, float[] Values, bool IsSimulated)
    {
        public float Of(Metric metric) => Values[(int)metric];
    }
}
