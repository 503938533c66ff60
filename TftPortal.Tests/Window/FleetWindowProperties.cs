using CsCheck;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Window;

namespace TftPortal.Tests.Window;

/// <summary>What holds for any readings in any order.</summary>
public class FleetWindowProperties
{
    private static readonly DateTimeOffset Now = AReading.Noon.AddMinutes(4);

    /// <summary>Eighths: their sums are exact, whatever the order.</summary>
    private static readonly Gen<float> Value = Gen.Frequency((1, Gen.Const(float.NaN)), (4, Gen.Int[0, 800].Select(eighths => eighths / 8f)));

    /// <summary>Three servers, four metrics of three kinds, the last quarter of an hour and a little ahead: all open steps.</summary>
    private static readonly Gen<AReading> Recent = ReadingWithin(TimeSpan.FromMinutes(-15), TimeSpan.FromMinutes(9));

    /// <summary>The same, all of one step and often within the same second or at the same time.</summary>
    private static readonly Gen<AReading> Crowded = ReadingWithin(TimeSpan.FromSeconds(-2), TimeSpan.FromSeconds(1));

    /// <summary>Any time that the window takes.</summary>
    private static readonly Gen<AReading> AnyTime = ReadingWithin(TimeSpan.FromDays(-7), TimeSpan.FromMinutes(9));

    private static readonly Gen<List<AReading>> RecentOnes = Gen.OneOf(Recent.List[1, 80], Crowded.List[1, 400], Gen.Select(Recent.List[1, 40], Crowded.List[1, 40], (some, others) => some.Concat(others).ToList()));

    [Fact]
    public void The_order_of_arrival_and_duplicates_decide_nothing() =>
        Gen.Select(RecentOnes, Gen.Int).Sample((readings, seed) =>
        {
            var inOrder = readings.DistinctBy(reading => (reading.Server, reading.Time)).OrderBy(reading => reading.Time).ToArray();
            var random = new Random(seed);
            AReading[] shuffled = [.. inOrder, .. random.GetItems(inOrder, random.Next(inOrder.Length))];
            random.Shuffle(shuffled);

            AssertSame(AWindow.Empty().With(Now, inOrder), AWindow.Empty().With(Now, shuffled));
        });

    [Fact]
    public void The_order_of_a_backfill_with_one_reading_a_step_decides_nothing() =>
        Gen.Select(AnyTime.List[1, 60], Gen.Int).Sample((readings, seed) =>
        {
            var distinct = readings.DistinctBy(reading => (reading.Server, AWindow.Grid.StepOf(reading.Time))).ToArray();
            var shuffled = distinct.ToArray();
            new Random(seed).Shuffle(shuffled);

            AssertSame(AWindow.Empty().With(Now, distinct), AWindow.Empty().With(Now, shuffled));
        });

    [Fact]
    public void A_batch_sent_twice_counts_once() =>
        Gen.OneOf(AnyTime.List[1, 60], RecentOnes).Sample(readings =>
        {
            var distinct = readings.DistinctBy(reading => (reading.Server, reading.Time)).OrderBy(reading => reading.Time).ToArray();

            AssertSame(AWindow.Empty().With(Now, distinct), AWindow.Empty().With(Now, distinct).With(Now, distinct));
        });

    [Fact]
    public void A_replay_of_everything_after_a_restart_changes_nothing() =>
        Gen.OneOf(AnyTime.List[1, 60], RecentOnes).Sample(readings =>
        {
            var inOrder = readings.DistinctBy(reading => (reading.Server, reading.Time)).OrderBy(reading => reading.Time).ToArray();
            var before = AWindow.Empty().With(Now, inOrder).Snapshot(Now);
            var after = Restarted(before).With(Now, inOrder).Snapshot(Now);

            Assert.Equal(Everything(before), Everything(after));
        });

    [Fact]
    public void Readings_in_order_before_and_after_a_restart_make_the_window_that_they_make_without_one() =>
        Gen.Select(RecentOnes, Gen.Double[0, 1]).Sample((readings, share) =>
        {
            var inOrder = readings.DistinctBy(reading => (reading.Server, reading.Time)).OrderBy(reading => reading.Time).ToArray();
            var first = (int)(share * inOrder.Length);
            var restarted = Restarted(AWindow.Empty().With(Now, inOrder[..first]).Snapshot(Now)).With(Now, inOrder[first..]).Snapshot(Now);

            AssertNear(AWindow.Empty().With(Now, inOrder).Snapshot(Now), restarted);
        });

    [Fact]
    public void A_snapshot_never_changes() =>
        Gen.Select(AnyTime.List[1, 40], AnyTime.List[1, 40]).Sample((before, after) =>
        {
            var window = AWindow.Empty().With(Now, before);
            var snapshot = window.Snapshot(Now);
            var then = Everything(snapshot);

            window.With(Now, after).Snapshot(Now.AddDays(3));

            Assert.Equal(then, Everything(snapshot));
        });

    [Fact]
    public void Every_distinct_reading_counts_and_of_duplicates_the_one_that_arrived_last() =>
        Gen.OneOf(Recent.List[1, 80], Crowded.List[1, 60]).Sample(readings => AssertMean(AWindow.Empty().With(Now, readings), readings));

    [Fact]
    public void Every_distinct_reading_of_a_crowded_step_counts() =>
        Crowded.List[1, 400].Sample(readings =>
        {
            var distinct = readings.DistinctBy(reading => (reading.Server, reading.Time)).ToList();
            AssertMean(AWindow.Empty().With(Now, distinct), distinct);
        });

    [Fact]
    public void Every_distinct_reading_of_a_backfill_in_order_of_time_counts() =>
        Crowded.List[1, 400].Sample(readings =>
        {
            var days = TimeSpan.FromDays(3);
            var old = readings.DistinctBy(reading => (reading.Server, reading.Time)).Select(reading => reading.At(reading.Time - days)).ToList();
            AssertMean(AWindow.Empty().With(Now, AReading.From("web-01").At(Now).WithCpu(1)).With(Now, old), old);
        });

    [Fact]
    public void The_counts_are_those_of_a_recount() =>
        Gen.Select(AnyTime.List[1, 30], Gen.Int[0, 200]).List[1, 6].Sample(batches =>
        {
            var window = AWindow.Empty(limits => limits with { MaxServers = 2, RequiredSteps = 3 });
            var now = Now;
            foreach (var (readings, minutes) in batches)
            {
                now = now.AddMinutes(minutes);
                window.With(now, readings);
            }

            var counts = window.Counts;
            var servers = window.Snapshot(now).Servers;
            Assert.Equal(batches.Count, counts.Tick);
            Assert.Equal(servers.Length, counts.ServersTracked);
            Assert.Equal(servers.Sum(Readings), counts.Records);
            Assert.All(servers, server => Assert.Equal(Readings(server), server.Records));
            Assert.Equal(servers.Count(server => Observed(server, now) >= 3), counts.ServersReady);
            Assert.Equal(servers.Max(server => Observed(server, now)), counts.DeepestServerSteps);
        });

    private static Gen<AReading> ReadingWithin(TimeSpan earliest, TimeSpan latest) =>
        from server in Gen.Int[1, 3].Select(number => $"web-0{number}")
        from milliseconds in Gen.Double[earliest.TotalMilliseconds, latest.TotalMilliseconds]
        from values in Value.Array[4]
        select AReading.From(server).At(Now.AddMilliseconds(Math.Round(milliseconds)))
            .With(Metric.CpuIdlePercent, values[0]).With(Metric.NetInMegabytesPerSecond, values[1])
            .With(Metric.UptimeDays, values[2]).With(Metric.BackCloseWait, values[3]);

    private static void AssertMean(FleetWindow window, List<AReading> readings)
    {
        var snapshot = window.Snapshot(Now);
        foreach (var step in readings.GroupBy(reading => (reading.Server, Step: AWindow.Grid.StepOf(reading.Time))))
        {
            var held = step.GroupBy(reading => reading.Time).OrderBy(same => same.Key).Select(same => same.Last()).ToList();
            var server = snapshot.Server(step.Key.Server);
            Assert.Equal(held.Count, server.History.ReadingsIn(step.Key.Step));
            foreach (var metric in MetricCatalog.All)
            {
                var values = held.Select(reading => reading.Values[(int)metric.Metric]).Where(value => !float.IsNaN(value)).ToList();
                var expected = values.Count == 0 ? float.NaN : metric.KeepsLast ? values[^1] : values.Average(value => (double)value);
                Assert.Equal(MetricCodec.Decode(metric.Metric, MetricCodec.Encode(metric.Metric, (float)expected)), server.History.At(metric.Metric, step.Key.Step), 0.01f);
                Assert.Equal(values.Count, server.History.ReadingsIn(step.Key.Step, metric.Metric));
            }
        }
    }

    private static FleetWindow Restarted(WindowSnapshot snapshot)
    {
        var window = AWindow.Empty();
        window.Resume(snapshot.Servers, snapshot.Counts.Tick, snapshot.Time);
        return window;
    }

    private static int Readings(ServerSnapshot server)
    {
        var readings = 0;
        for (var step = server.History.OldestStep; step < server.History.EndStep; step++) readings += server.History.ReadingsIn(step);
        return readings;
    }

    private static int Observed(ServerSnapshot server, DateTimeOffset now)
    {
        var running = AWindow.Grid.StepOf(now);
        return Enumerable.Range(0, 288).Count(back => server.History.ReadingsIn(running - back) > 0);
    }

    /// <summary>Equal counts, and values as near as the codes that a snapshot holds allow: .1 %.</summary>
    private static void AssertNear(WindowSnapshot expected, WindowSnapshot actual)
    {
        Assert.Equal(expected.Counts with { Tick = 0 }, actual.Counts with { Tick = 0 });
        foreach (var server in expected.Servers)
        {
            var other = actual.Server(server.Name).History;
            for (var step = server.History.OldestStep; step < server.History.EndStep; step++)
            {
                Assert.Equal(server.History.ReadingsIn(step), other.ReadingsIn(step));
                foreach (var metric in MetricCatalog.All)
                {
                    var value = server.History.At(metric.Metric, step);
                    Assert.Equal(value, other.At(metric.Metric, step), 0.002f + (0.001f * (float.IsNaN(value) ? 0 : value)));
                    Assert.Equal(server.History.ReadingsIn(step, metric.Metric), other.ReadingsIn(step, metric.Metric));
                }
            }
        }
    }

    private static void AssertSame(FleetWindow one, FleetWindow other)
    {
        Assert.Equal(Everything(one.Snapshot(Now)), Everything(other.Snapshot(Now)));
        Assert.Equal(one.Counts with { Tick = 0 }, other.Counts with { Tick = 0 });
    }

    private static List<string> Everything(WindowSnapshot snapshot)
    {
        List<string> facts = [];
        foreach (var server in snapshot.Servers)
        {
            facts.Add($"{server.Name} {server.Records} {server.LastSeen:O} {string.Join(' ', server.Latest)} {string.Join(' ', server.LatestAt)}");
            for (var step = server.History.OldestStep; step < server.History.EndStep; step++)
            {
                if (server.History.ReadingsIn(step) == 0) continue;
                facts.Add($"{server.Name} {step} {server.History.ReadingsIn(step)} {string.Join(' ', MetricCatalog.All.Select(metric => server.History.At(metric.Metric, step)))}");
            }
        }

        return facts;
    }
}
