using TftPortal.Engine.Fleet;
using TftPortal.Engine.Window;

namespace TftPortal.Tests.Window;

public class FleetWindowTests
{
    private static readonly DateTimeOffset Noon = AReading.Noon;
    private static readonly long Step = AWindow.Grid.StepOf(Noon);

    [Fact]
    public void Readings_of_one_step_are_averaged()
    {
        var server = Applied(Noon.AddMinutes(2), Memory(Noon, 50), Memory(Noon.AddSeconds(15), 60), Memory(Noon.AddSeconds(30), 70));

        Assert.Equal(60, server.History.At(Metric.MemUsedPercent, Step), 0.001f);
        Assert.Equal(3, server.History.ReadingsIn(Step));
    }

    [Fact]
    public void Counts_and_uptime_keep_the_last_reading_of_a_step_whatever_came_first()
    {
        var server = Applied(Noon.AddMinutes(2),
            AReading.From("web-01").At(Noon.AddSeconds(60)).WithUptime(12).With(Metric.BackCloseWait, 7),
            AReading.From("web-01").At(Noon).WithUptime(11).With(Metric.BackCloseWait, 900));

        Assert.Equal(12, server.History.At(Metric.UptimeDays, Step), 0.01f);
        Assert.Equal(7, server.History.At(Metric.BackCloseWait, Step), 0.01f);
    }

    [Fact]
    public void A_missing_metric_stays_missing_and_is_never_zero()
    {
        var server = Applied(Noon, Memory(Noon, 50));

        Assert.True(float.IsNaN(server.History.At(Metric.DiskUsagePercent, Step)));
        Assert.True(float.IsNaN(server.Latest[(int)Metric.DiskUsagePercent]));
        Assert.Equal(DateTimeOffset.MinValue, server.LatestAt[(int)Metric.DiskUsagePercent]);
        Assert.True(float.IsNaN(server.History.At(Metric.MemUsedPercent, Step - 1)));
    }

    [Fact]
    public void A_reading_that_lacks_a_metric_does_not_pull_its_average_down()
    {
        var server = Applied(Noon.AddMinutes(1), Memory(Noon, 50), AReading.From("web-01").At(Noon.AddSeconds(15)).WithCpu(20));

        Assert.Equal(50, server.History.At(Metric.MemUsedPercent, Step), 0.001f);
    }

    [Fact]
    public void A_duplicate_replaces()
    {
        var server = Applied(Noon, Memory(Noon, 50), Memory(Noon, 80));

        Assert.Equal(80, server.History.At(Metric.MemUsedPercent, Step), 0.001f);
        Assert.Equal(80, server.Latest[(int)Metric.MemUsedPercent]);
        Assert.Equal(1, server.Records);
    }

    [Fact]
    public void A_duplicate_replaces_in_the_only_reading_of_an_old_step()
    {
        var old = Noon.AddDays(-2);
        var server = Applied(Noon, Memory(old, 50), Memory(old, 80));

        Assert.Equal(80, server.History.At(Metric.MemUsedPercent, AWindow.Grid.StepOf(old)), 0.001f);
        Assert.Equal(1, server.Records);
    }

    [Fact]
    public void A_late_reading_joins_the_average_of_the_step_it_belongs_to()
    {
        var old = Noon.AddDays(-2);
        var server = Applied(Noon, Memory(old.AddMinutes(1), 50), Memory(old, 60), Memory(old.AddMinutes(2), 70));

        Assert.Equal(60, server.History.At(Metric.MemUsedPercent, AWindow.Grid.StepOf(old)), 0.01f);
        Assert.Equal(3, server.History.ReadingsIn(AWindow.Grid.StepOf(old)));
    }

    [Fact]
    public void A_late_reading_does_not_change_what_the_server_is_like_now()
    {
        var server = Applied(Noon,
            Memory(Noon, 50).WithStatus(ServerStatus.HeavyLoad).WithProfile(ServerProfile.Database),
            Memory(Noon.AddHours(-3), 90).WithStatus(ServerStatus.Idle).WithProfile(ServerProfile.WebApi));

        Assert.Equal((50, Noon), (server.Latest[(int)Metric.MemUsedPercent], server.LastSeen));
        Assert.Equal((ServerStatus.HeavyLoad, ServerProfile.Database), (server.Status, server.Profile));
    }

    [Fact]
    public void A_reading_too_far_ahead_or_too_old_is_refused_by_name_and_the_others_are_taken()
    {
        var window = AWindow.Empty();

        var receipt = window.Apply(ABatch.Of(Memory(Noon.AddMinutes(11), 1), Memory(Noon, 2), Memory(Noon.AddDays(-7).AddMinutes(-1), 3)), Noon);

        Assert.Equal([(0, "timestamp"), (2, "timestamp")], receipt.Refused.Select(refused => (refused.Index, refused.Field)));
        Assert.Equal("is 11 minutes ahead of this clock; at most 10 minutes are allowed (Engine:MaxAheadMinutes)", receipt.Refused[0].Reason);
        Assert.Contains("at most 7 days are allowed (Engine:MemoryDays)", receipt.Refused[1].Reason, StringComparison.Ordinal);
        Assert.Equal(1, receipt.Counts.Records);
    }

    [Fact]
    public void A_newcomer_past_the_limit_is_refused_and_nobody_is_evicted()
    {
        var window = AWindow.Empty(limits => limits with { MaxServers = 2 });

        var receipt = window.Apply(ABatch.Of(AReading.From("a").WithCpu(1), AReading.From("b").WithCpu(1), AReading.From("c").WithCpu(1), AReading.From("a").At(Noon.AddSeconds(10)).WithCpu(2)), Noon);

        var refused = Assert.Single(receipt.Refused);
        Assert.Equal((2, "server_name"), (refused.Index, refused.Field));
        Assert.Contains("holds the 2 that it may (Engine:MaxServers)", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], window.Snapshot(Noon).Servers.Select(server => server.Name));
    }

    [Fact]
    public void A_refused_reading_does_not_bring_its_server_into_the_window()
    {
        var window = AWindow.Empty().With(Noon, Memory(Noon.AddHours(1), 50));

        Assert.Equal(0, window.Counts.ServersTracked);
    }

    [Fact]
    public void A_silent_server_leaves_the_window_and_the_counts_after_a_day()
    {
        var window = AWindow.Empty().With(Noon, Memory(Noon, 50));

        Assert.Equal(1, window.Snapshot(Noon.AddHours(24)).Counts.ServersTracked);
        Assert.Equal((0, 0), Tracked(window.Snapshot(Noon.AddHours(24).AddMinutes(5)).Counts));
    }

    [Fact]
    public void A_server_whose_past_is_being_backfilled_is_not_silent()
    {
        var window = AWindow.Empty().With(Noon, Memory(Noon.AddDays(-6), 50));

        Assert.Equal(1, window.Snapshot(Noon.AddMinutes(30)).Counts.ServersTracked);
    }

    [Fact]
    public void A_server_is_ready_with_twelve_observed_steps_of_the_last_day()
    {
        var window = AWindow.Empty();
        var past = AHistory.Of("web-01").With(Metric.MemUsedPercent, 50).Steps(11);

        window.With(Noon, past.Readings());
        Assert.Equal((0, 11), (window.Counts.ServersReady, window.Counts.DeepestServerSteps));
        window.With(Noon, Memory(Noon, 50));
        Assert.True(window.Counts.IsWarm);
        window.With(Noon.AddHours(1), Memory(Noon.AddHours(1), 50));
        Assert.Equal(1, window.Counts.ServersReady);

        var nextDay = Noon.AddHours(23).AddMinutes(40); // eight of the first eleven are more than a day old
        window.With(nextDay, Memory(nextDay, 50));
        Assert.Equal((0, 6), (window.Counts.ServersReady, window.Counts.DeepestServerSteps));
    }

    [Fact]
    public void What_lies_past_the_memory_falls_off()
    {
        var window = AWindow.Empty().With(Noon, Memory(Noon.AddDays(-6).AddHours(-23), 50), Memory(Noon, 60));

        var later = Noon.AddDays(1);
        window.With(later, Memory(later, 70));

        Assert.Equal(2, window.Counts.Records);
        var server = window.Snapshot(later).Server("web-01");
        Assert.Equal(2, server.Records);
        Assert.True(server.History.OldestStep > AWindow.Grid.StepOf(Noon.AddDays(-7)));
    }

    [Fact]
    public void A_simulated_server_is_marked()
    {
        var window = AWindow.Empty();
        window.Apply(Memory(Noon, 50).Batch(isSimulated: true), Noon);
        window.Apply(AReading.From("real-01").WithCpu(1).Batch(), Noon);

        Assert.Equal([("real-01", false), ("web-01", true)], window.Snapshot(Noon).Servers.Select(server => (server.Name, server.IsSimulated)));
    }

    [Fact]
    public void An_unchanged_server_is_the_same_object_in_the_next_snapshot()
    {
        var window = AWindow.Empty().With(Noon, Memory(Noon, 50), AReading.From("web-02").WithCpu(1));
        var first = window.Snapshot(Noon);

        var second = window.With(Noon, Memory(Noon.AddSeconds(10), 51)).Snapshot(Noon);

        Assert.Same(first.Server("web-02"), second.Server("web-02"));
        Assert.NotSame(first.Server("web-01"), second.Server("web-01"));
        Assert.True(second.Server("web-01").Revision > first.Server("web-01").Revision);
    }

    [Fact]
    public void The_newest_value_of_a_metric_is_known_even_where_a_later_reading_lacks_it()
    {
        var server = Applied(Noon.AddMinutes(1), AReading.From("web-01").At(Noon.AddSeconds(2)).WithCpu(20), Memory(Noon, 50));

        Assert.Equal((50, Noon), (server.Latest[(int)Metric.MemUsedPercent], server.LatestAt[(int)Metric.MemUsedPercent]));
    }

    [Fact]
    public void A_clock_set_back_loses_no_reading()
    {
        var window = AWindow.Empty().With(Noon, Memory(Noon, 50), Memory(Noon.AddSeconds(10), 50));
        window.With(Noon.AddHours(1), Memory(Noon.AddHours(1), 50));

        window.With(Noon, Memory(Noon.AddSeconds(20), 80));

        var server = window.Snapshot(Noon).Server("web-01");
        Assert.Equal(4, server.Records);
        Assert.Equal(60, server.History.At(Metric.MemUsedPercent, Step), 0.01f);
    }

    private static (int, int) Tracked(WindowCounts counts) => (counts.ServersTracked, counts.Records);

    private static AReading Memory(DateTimeOffset at, float percent) => AReading.From("web-01").At(at).WithMemory(percent);

    private static ServerSnapshot Applied(DateTimeOffset now, params AReading[] readings) => AWindow.Empty().With(now, readings).Snapshot(now).Server("web-01");
}
