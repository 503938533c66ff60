using TftPortal.Engine.Fleet;
using TftPortal.Engine.Window;

namespace TftPortal.Tests.Window;

/// <summary>Many readings in one step, and late ones.</summary>
public class OpenStepTests
{
    private static readonly DateTimeOffset Noon = AReading.Noon;
    private static readonly long Step = AWindow.Grid.StepOf(Noon);

    [Fact]
    public void Readings_a_moment_apart_each_count()
    {
        var server = Applied(Noon.AddMinutes(1), Memory(Noon, 50), Memory(Noon.AddMilliseconds(1), 60), Memory(Noon.AddSeconds(1), 70));

        Assert.Equal((3, 60), (server.Records, MathF.Round(server.History.At(Metric.MemUsedPercent, Step), 2)));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(3000)]
    [InlineData(100_000)]
    public void Every_reading_of_a_busy_step_counts_in_number_and_mean(int readings)
    {
        var busy = Enumerable.Range(0, readings).Select(number => Memory(Noon.AddMilliseconds(number * 300_000L / readings), number < readings / 2 ? 40 : 60).WithUptime(number)).ToArray();

        var server = Applied(Noon.AddMinutes(5), busy);

        Assert.Equal(50, server.History.At(Metric.MemUsedPercent, Step), 0.01f);
        Assert.Equal(readings - 1, server.Latest[(int)Metric.UptimeDays]);
        Assert.Equal(Math.Min(readings, 65_535), server.Records); // what a step's counter holds
    }

    [Fact]
    public void A_duplicate_replaces_as_long_as_its_reading_is_among_the_latest_64_of_the_step_and_changes_nothing_after()
    {
        var everySecond = Enumerable.Range(0, 100).Select(second => Memory(Noon.AddSeconds(second), 50)).ToArray();

        var server = Applied(Noon.AddMinutes(2), [.. everySecond, Memory(Noon.AddSeconds(36), 100), Memory(Noon.AddSeconds(35), 100)]);

        Assert.Equal(100, server.Records);
        Assert.Equal(50.5f, server.History.At(Metric.MemUsedPercent, Step), 0.001f);
    }

    [Fact]
    public void A_late_reading_of_a_busy_step_counts_too_and_sent_twice_once()
    {
        var odd = Enumerable.Range(0, 100).Select(second => Memory(Noon.AddSeconds((2 * second) + 1), 50)).ToArray();

        var server = Applied(Noon.AddMinutes(4), [.. odd, Memory(Noon.AddSeconds(6), 100), Memory(Noon.AddSeconds(6), 100)]);

        Assert.Equal((101, 101), (server.Records, server.History.ReadingsIn(Step)));
        Assert.Equal(5100f / 101, server.History.At(Metric.MemUsedPercent, Step), 0.001f);
    }

    [Fact]
    public void Past_1024_readings_a_late_one_counts_as_seen_where_the_step_has_readings_already()
    {
        var tenASecond = Enumerable.Range(0, 2000).Select(tenth => Memory(Noon.AddMilliseconds(tenth * 100), 50)).ToArray();

        var server = Applied(Noon.AddMinutes(4), [.. tenASecond, Memory(Noon.AddMilliseconds(150), 100), Memory(Noon.AddMilliseconds(199_950), 50)]);

        Assert.Equal(2001, server.Records);
        Assert.Equal(50, server.History.At(Metric.MemUsedPercent, Step), 0.001f);
    }

    [Fact]
    public void A_late_reading_of_a_closed_step_is_averaged_with_those_that_carried_the_metric()
    {
        var old = Noon.AddHours(-3);
        var window = AWindow.Empty().With(old.AddMinutes(1), Memory(old, 50), Cpu(old.AddSeconds(15), 10), Cpu(old.AddSeconds(30), 20), Cpu(old.AddSeconds(45), 30));

        var server = window.With(Noon, Memory(old.AddMinutes(2), 60)).Snapshot(Noon).Server("web-01");

        var step = AWindow.Grid.StepOf(old);
        Assert.Equal(55, server.History.At(Metric.MemUsedPercent, step), 0.01f);
        Assert.Equal(80, server.History.At(Metric.CpuIdlePercent, step), 0.01f);
        Assert.Equal((5, 2, 3, 0), (server.History.ReadingsIn(step), server.History.ReadingsIn(step, Metric.MemUsedPercent), server.History.ReadingsIn(step, Metric.CpuIdlePercent), server.History.ReadingsIn(step, Metric.LoadAverage)));
    }

    [Fact]
    public void In_a_closed_step_of_one_reading_a_duplicate_replaces_and_a_neighbour_counts()
    {
        var old = Noon.AddHours(-3);
        var window = AWindow.Empty().With(old.AddMinutes(1), Memory(old, 50)).With(Noon, Memory(old, 60), Memory(old.AddSeconds(1), 70));

        var server = window.Snapshot(Noon).Server("web-01");

        Assert.Equal(2, server.Records);
        Assert.Equal(65, server.History.At(Metric.MemUsedPercent, AWindow.Grid.StepOf(old)), 0.01f);
    }

    [Fact]
    public void In_a_closed_step_of_several_readings_one_within_a_sixty_fourth_of_another_counts_as_seen()
    {
        var old = Noon.AddHours(-3);
        var window = AWindow.Empty().With(old.AddMinutes(1), Memory(old, 50), Memory(old.AddSeconds(15), 50)).With(Noon, Memory(old.AddSeconds(1), 90), Memory(old.AddSeconds(30), 80));

        var server = window.Snapshot(Noon).Server("web-01");

        Assert.Equal(3, server.Records);
        Assert.Equal(60, server.History.At(Metric.MemUsedPercent, AWindow.Grid.StepOf(old)), 0.01f);
    }

    [Fact]
    public void Counts_and_uptime_of_a_closed_step_keep_the_last_by_time_not_by_arrival()
    {
        var old = Noon.AddHours(-3);
        var window = AWindow.Empty().With(old.AddMinutes(2), Uptime(old.AddSeconds(30), 11), Uptime(old.AddSeconds(60), 12));

        var server = window.With(Noon, Uptime(old, 10)).Snapshot(Noon).Server("web-01");
        Assert.Equal(12, server.History.At(Metric.UptimeDays, AWindow.Grid.StepOf(old)), 0.01f);

        server = window.With(Noon, Uptime(old.AddSeconds(90), 13)).Snapshot(Noon).Server("web-01");
        Assert.Equal(13, server.History.At(Metric.UptimeDays, AWindow.Grid.StepOf(old)), 0.01f);
    }

    [Fact]
    public void A_reading_sent_again_unchanged_does_not_make_its_server_look_changed()
    {
        var window = AWindow.Empty().With(Noon, Memory(Noon, 50));
        var first = window.Snapshot(Noon).Server("web-01");

        Assert.Same(first, window.With(Noon, Memory(Noon, 50)).Snapshot(Noon).Server("web-01"));
    }

    private static AReading Memory(DateTimeOffset at, float percent) => AReading.From("web-01").At(at).WithMemory(percent);

    private static AReading Cpu(DateTimeOffset at, float used) => AReading.From("web-01").At(at).WithCpu(used);

    private static AReading Uptime(DateTimeOffset at, float days) => AReading.From("web-01").At(at).WithUptime(days);

    private static ServerSnapshot Applied(DateTimeOffset now, params AReading[] readings) => AWindow.Empty().With(now, readings).Snapshot(now).Server("web-01");
}
