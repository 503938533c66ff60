using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Intake;
using TftPortal.Engine.Loop;
using TftPortal.Engine.State.Legacy;
using TftPortal.Tests.Builders;
using static TftPortal.Tests.State.Legacy.APickle;

namespace TftPortal.Tests.State.Legacy;

public sealed class LegacyPickleTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void The_readings_are_those_that_the_feed_would_take()
    {
        using var json = JsonDocument.Parse(PickleCorpus.Read("accept/state_100_p4.json"));
        var feed = new ReadingParser(new(new()), clock).Parse(Encoding.UTF8.GetBytes($$"""{"records":{{json.RootElement.GetProperty("rolling_window")}}}"""));

        var state = Read(PickleCorpus.Read("accept/state_100_p4.pkl"));

        Assert.Equal((feed.Batch.Count, feed.Rejected, 4L, 25), (state.Readings.Count, state.RefusedRecords, state.TickCount, state.ServerTimesteps.Count));
        Assert.InRange(feed.Batch.Count, 50, 100);
        Assert.Equal(AllOf(feed.Batch), AllOf(state.Readings));
    }

    [Fact]
    public void Naive_times_are_local_ones()
    {
        clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        var state = Read(OfState(new object?[] { Record("a", ("load_average", 1.0)), new Dictionary<string, object?>(Record("b", ("load_average", 1L)), StringComparer.Ordinal) { ["timestamp"] = "2025-10-12T20:00:00+00:00" } }));

        Assert.Equal(new DateTimeOffset(2025, 10, 12, 18, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), state.Readings.UnixMilliseconds(0));
        Assert.Equal(new DateTimeOffset(2025, 10, 12, 20, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), state.Readings.UnixMilliseconds(1));
        Assert.Equal(new DateTimeOffset(2025, 10, 12, 18, 0, 0, 250, TimeSpan.Zero), state.Timestamp);
    }

    [Fact]
    public void A_record_that_is_no_reading_harms_no_other_and_is_counted_with_its_reason()
    {
        var records = Enumerable.Range(0, 2_500).Select(i => (object?)Record($"web-{i}", ("cpu_user_pct", i == 2_100 ? 101.0 : 1.0))).ToList();
        records.Add(Record("web-a", ("mem_used_pct", true)));
        records.Add(Record("web-b", ("cpu_pct", 5.0)));
        records.Add(Record("web-c", ("load_average", double.PositiveInfinity)));
        records.Add(new Dictionary<string, object?>(StringComparer.Ordinal) { ["timestamp"] = "2025-10-12T20:00:00", ["load_average"] = 1.0 });

        var state = Read(OfState(records));

        Assert.Equal((2_499, 5), (state.Readings.Count, state.RefusedRecords));
        Assert.Equal(
        [
            "Record 2100 (web-2100): cpu_user_pct: out of range; cpu_user_pct is a number from 0 to 100.",
            "Record 2500 (web-a): mem_used_pct: true or false is not a number; mem_used_pct is a number from 0 to 100.",
        ], state.Reasons.Take(2));
        Assert.StartsWith("Record 2501 (web-b): cpu_pct: a name of version 1: cpu_pct is now cpu_user_pct", state.Reasons[2], StringComparison.Ordinal);
        Assert.StartsWith("Record 2502 (web-c): load_average: too large a number", state.Reasons[3], StringComparison.Ordinal);
        Assert.StartsWith("Record 2503: server_name: missing", state.Reasons[4], StringComparison.Ordinal);
    }

    [Fact]
    public void At_most_a_hundred_reasons_are_kept()
    {
        var state = Read(OfState(Enumerable.Range(0, 3_000).Select(_ => (object?)Record("-"))));

        Assert.Equal((0, 3_000, 100), (state.Readings.Count, state.RefusedRecords, state.Reasons.Count));
    }

    [Fact]
    public void None_and_NaN_are_missing_and_never_zero()
    {
        var state = Read(OfState(new object?[] { Record("a", ("cpu_user_pct", null), ("mem_used_pct", double.NaN), ("uptime_days", 400L), ("profile", double.NaN)) }));

        var values = state.Readings.Values(0).ToArray();
        Assert.Equal((0, 400f), (state.RefusedRecords, values[(int)Metric.UptimeDays]));
        Assert.Equal(MetricCatalog.Count - 1, values.Count(float.IsNaN));
    }

    [Fact]
    public void A_state_from_before_the_first_reading_is_a_state()
    {
        var state = Read(OfState(Array.Empty<object?>(), tick: 0L, timestamp: "soon"));

        Assert.Equal((0, 0, 0L, null), (state.Readings.Count, state.RefusedRecords, state.TickCount, state.Timestamp));
    }

    [Fact]
    public void A_text_that_a_pickle_shares_a_thousand_times_is_not_written_out_a_thousand_times()
    {
        var largest = 0;
        var reader = new LegacyPickle(body =>
        {
            largest = Math.Max(largest, body.Length);
            return new(new(), 0, []);
        }, clock);
        var pickle = Raw("}(X\x0e\0\0\0rolling_window(X\0\0\x04\0" + new string('x', 1 << 18) + "q\00" + string.Concat(Enumerable.Repeat("}U\x05notesh\0s", 20_000)) + "lU\x0atick_countK\x01U\x10server_timesteps}u.");

        reader.Read(pickle, null, TestContext.Current.CancellationToken);

        Assert.InRange(largest, 1, 2 << 20);
    }

    [Fact]
    public void A_long_migration_tells_how_far_it_is_and_can_be_ended()
    {
        List<LegacyProgress> told = [];
        var pickle = OfState(Enumerable.Range(0, 2_500).Select(i => (object?)Record($"web-{i}", ("load_average", 1.0))));
        using var stop = new CancellationTokenSource();

        NewReader().Read(pickle, new Told(told.Add), stop.Token);
        Assert.Equal([0, 1_000, 2_000], told.Where(progress => progress.Stage == LegacyStage.Judging).Select(progress => progress.Done));
        Assert.All(told, progress => Assert.InRange(progress.Done, 0, progress.Total));

        Assert.Throws<OperationCanceledException>(() => NewReader().Read(pickle, new Told(progress => { if (progress.Done == 1_000) stop.Cancel(); }), stop.Token));
    }

    [Fact]
    public void The_file_stays_as_it_was()
    {
        using var folder = new AFolder();
        var path = folder.File("state.pkl", PickleCorpus.Read("accept/state_1_p0.pkl"));
        var written = new DateTime(2025, 10, 12, 20, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, written);
        File.SetAttributes(path, FileAttributes.ReadOnly);

        Assert.Equal(1, new LegacyReader(Judge(), clock).ReadPickle(path, stop: TestContext.Current.CancellationToken).Readings.Count);

        Assert.Equal(PickleCorpus.Read("accept/state_1_p0.pkl"), File.ReadAllBytes(path));
        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
        Assert.Equal(["state.pkl"], folder.Names);
    }

    [Fact]
    public void A_file_that_is_not_there_or_too_large_is_refused_before_it_is_read()
    {
        using var folder = new AFolder();
        var large = folder.File("large.pkl", []);
        using (var stream = File.OpenWrite(large)) stream.SetLength(PickleLimits.FileBytes + 1L);
        var reader = new LegacyReader(Judge(), clock);

        Assert.Equal(LegacyRefusal.Unreadable, Assert.Throws<LegacyRefusedException>(() => reader.ReadPickle(large + ".no", stop: TestContext.Current.CancellationToken)).Kind);
        Assert.Equal(LegacyRefusal.Unreadable, Assert.Throws<LegacyRefusedException>(() => reader.ReadPickle(folder.Path, stop: TestContext.Current.CancellationToken)).Kind);
        Assert.Equal(LegacyRefusal.Limit, Assert.Throws<LegacyRefusedException>(() => reader.ReadPickle(large, stop: TestContext.Current.CancellationToken)).Kind);
    }

    private RecordJudge Judge() => FeedRules.Of(new(new(new()), clock));

    private LegacyPickle NewReader() => new(Judge(), clock);

    private LegacyState Read(byte[] pickle) => NewReader().Read(pickle, null, CancellationToken.None);

    private static IEnumerable<string> AllOf(ReadingBatch batch) =>
        Enumerable.Range(0, batch.Count).Select(i => FormattableString.Invariant($"{batch.Server(i)} {batch.UnixMilliseconds(i)} {batch.Profile(i)} {batch.Status(i)} {string.Join(' ', batch.Values(i).ToArray())}"));
}
