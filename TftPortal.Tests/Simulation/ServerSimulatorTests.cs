using CsCheck;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Simulation;

namespace TftPortal.Tests.Simulation;

public sealed class ServerSimulatorTests
{
    private static readonly Gen<(ServerProfile Profile, int Seed, ServerTemper Temper, SimulationScenario Scenario)> AnyServer =
        Gen.Select(Gen.Enum<ServerProfile>(), Gen.Int, Gen.Enum<ServerTemper>(), Gen.Enum<SimulationScenario>());

    [Fact]
    public void The_same_seed_gives_the_same_series_whatever_the_name()
    {
        foreach (var profile in Enum.GetValues<ServerProfile>())
        {
            var one = SimulatedSeries.Of(new("one", profile, 42), days: 7);
            var two = SimulatedSeries.Of(new("two", profile, 42), days: 7);
            var other = SimulatedSeries.Of(new("one", profile, 43), days: 7);
            Assert.Equal(one.Steps, two.Steps);
            Assert.NotEqual(one.Steps, other.Steps);
        }
    }

    [Fact]
    public void Every_value_is_within_its_metrics_range_and_counts_are_whole() => AnyServer.Sample(
        drawn =>
        {
            foreach (var values in SimulatedSeries.Of(Server(drawn), days: 14).Steps)
            {
                foreach (var definition in MetricCatalog.All)
                {
                    var value = values[(int)definition.Metric];
                    if (float.IsNaN(value)) continue;
                    if (!(float.IsFinite(value) && value >= 0 && value <= definition.Maximum)) Assert.Fail($"{definition.Name} is {value}.");
                    if (definition.IsInteger && MathF.Round(value) != value) Assert.Fail($"{definition.Name} is {value}, no whole number.");
                }
            }
        },
        iter: 60);

    [Fact]
    public void User_system_iowait_and_idle_never_add_up_to_more_than_the_machine() => AnyServer.Sample(
        drawn =>
        {
            foreach (var values in SimulatedSeries.Of(Server(drawn), days: 7).Steps)
            {
                var sum = Sum(values, Metric.CpuUserPercent, Metric.CpuSysPercent, Metric.CpuIowaitPercent, Metric.CpuIdlePercent);
                if (sum is < 95 or > 100.001f) Assert.Fail($"They add up to {sum}."); // the rest is stolen, or not accounted for
            }
        },
        iter: 40);

    [Fact]
    public void A_web_server_works_by_day_and_rests_at_night_and_at_the_weekend()
    {
        var ratios = Enumerable.Range(0, 30).Select(seed =>
        {
            var series = SimulatedSeries.Of(new("web", ServerProfile.WebApi, seed, temper: ServerTemper.Ordinary), days: 14);
            var day = series.Mean(Metric.CpuUserPercent, time => IsWeekday(time) && time.Hour is >= 10 and < 16);
            var night = series.Mean(Metric.CpuUserPercent, time => time.Hour is >= 2 and < 5);
            var weekend = series.Mean(Metric.CpuUserPercent, time => !IsWeekday(time) && time.Hour is >= 10 and < 16);
            return (Night: day / night, Weekend: day / weekend);
        }).ToList();
        Assert.InRange(Median(ratios.Select(ratio => ratio.Night)), 2f, 15f);
        Assert.InRange(Median(ratios.Select(ratio => ratio.Weekend)), 1.2f, 5f);
        Assert.Contains(ratios, ratio => ratio.Night < 1.4f); // and some do the same all day
    }

    [Fact]
    public void A_data_ingest_server_works_hardest_in_its_nightly_batch()
    {
        var ratios = Enumerable.Range(0, 20).Select(seed =>
        {
            var series = SimulatedSeries.Of(new("etl", ServerProfile.DataIngest, seed, temper: ServerTemper.Ordinary), days: 14);
            return series.Mean(Metric.CpuUserPercent, time => time.Hour is 23 or 0) / series.Mean(Metric.CpuUserPercent, time => time.Hour is >= 5 and < 20);
        });
        Assert.True(Median(ratios) > 1.5f);
    }

    [Fact]
    public void An_hourly_job_comes_at_the_same_minute_of_every_hour()
    {
        // Means by minute of the hour: with jobs, one minute stands out against the median minute; noise alone would not do that over two weeks.
        var standingOut = Enumerable.Range(0, 20).Count(seed =>
        {
            var series = SimulatedSeries.Of(new("con", ServerProfile.ConductorManagement, seed, temper: ServerTemper.Ordinary), days: 14);
            var byMinute = series.Of(Metric.CpuUserPercent).GroupBy(point => point.Step % 12).Select(group => group.Average(point => point.Value)).Order().ToList();
            return byMinute[^1] > byMinute[6] + 2;
        });
        Assert.InRange(standingOut, 8, 20);
    }

    [Fact]
    public void A_leak_ends_in_a_reboot_that_frees_the_memory_and_starts_the_uptime_anew()
    {
        var reboots = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var server = new ServerSimulator("web", ServerProfile.WebApi, seed, temper: ServerTemper.Troubled);
            var points = SimulatedSeries.Of(server, days: 28).Steps.Index().Where(step => !float.IsNaN(step.Item[(int)Metric.UptimeDays] + step.Item[(int)Metric.MemUsedPercent])).ToList();
            for (var i = 1; i < points.Count; i++)
            {
                var ((stepBefore, before), (stepAfter, after)) = (points[i - 1], points[i]);
                if (stepAfter - stepBefore > 5) continue; // an outage: what happened in it cannot be seen
                var booted = after[(int)Metric.UptimeDays] < before[(int)Metric.UptimeDays];
                var freed = before[(int)Metric.MemUsedPercent] - after[(int)Metric.MemUsedPercent];
                if (freed > 20) Assert.True(booted, $"Seed {seed} freed {freed} points without a reboot.");
                if (!booted || before[(int)Metric.MemUsedPercent] < 88) continue;
                reboots++;
                Assert.True(freed > 8, $"Seed {seed} rebooted and freed {freed} points.");
                Assert.InRange(after[(int)Metric.UptimeDays], 0, .1f);
            }
        }

        Assert.True(reboots >= 10, $"{reboots} leaks ended in 560 troubled days.");
    }

    [Fact]
    public void A_disk_grows_for_days_and_is_cleaned_up_before_it_is_full()
    {
        int growing = 0, cleanups = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var disk = SimulatedSeries.Of(new("db", ServerProfile.Database, seed, temper: ServerTemper.Ordinary), days: 42).Of(Metric.DiskUsagePercent).ToList();
            if (disk.Count == 0) continue; // some agents cannot read it
            if (disk[^1].Value > disk[0].Value + 3) growing++;
            cleanups += disk.Zip(disk.Skip(1)).Count(pair => pair.First.Value > 70 && pair.Second.Value < pair.First.Value - 7);
            Assert.True(disk.Max(point => point.Value) < 95);
        }

        Assert.InRange(growing, 8, 36);
        Assert.True(cleanups >= 3, $"{cleanups} clean-ups.");
    }

    [Fact]
    public void Servers_without_Java_or_swap_never_send_them_and_java_can_pass_a_whole_core()
    {
        var most = 0f;
        AnyServer.Sample(
            drawn =>
            {
                var server = Server(drawn);
                var series = SimulatedSeries.Of(server, days: 2);
                Assert.Equal(server.HasJava, series.Of(Metric.JavaCpuPercent).Any());
                Assert.Equal(server.HasSwap, series.Of(Metric.SwapUsedPercent).Any());
                most = Math.Max(most, series.Of(Metric.JavaCpuPercent).Select(point => point.Value).DefaultIfEmpty().Max());
            },
            iter: 100, threads: 1);
        Assert.True(most > 200, $"Java took at most {most} % of a core.");
    }

    [Fact]
    public void Room_for_fewer_than_fourteen_values_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ServerSimulator("x", ServerProfile.Generic, 1).Advance(SimulatedSeries.Start, new float[13]));

    private static ServerSimulator Server((ServerProfile Profile, int Seed, ServerTemper Temper, SimulationScenario Scenario) drawn) =>
        new("server", drawn.Profile, drawn.Seed, drawn.Scenario, drawn.Temper);

    private static bool IsWeekday(DateTimeOffset time) => time.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static float Sum(float[] values, params Metric[] metrics) => metrics.Sum(metric => values[(int)metric]);

    private static float Median(IEnumerable<float> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
