using Microsoft.Extensions.Time.Testing;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Loop;
using TftPortal.Engine.State.Legacy;

namespace TftPortal.Tests.State.Legacy;

public sealed class LegacyParquetTests : IDisposable
{
    private const string TwoRecords = """
        SELECT * FROM (VALUES
            ('2025-10-12T20:00:00', 'ppml0001', NULL, 'heavy_load', 36.21::DOUBLE, 5.37::DOUBLE, 1.17::DOUBLE, 57.25::DOUBLE, 696.9::DOUBLE, 51.46::DOUBLE, 4.34::DOUBLE, 43.78::DOUBLE, 9.52::DOUBLE, 3.99::DOUBLE, 1::BIGINT, 3::DOUBLE, 1.96::DOUBLE, 400::BIGINT, true, NULL::VARCHAR, 0::BIGINT),
            ('2025-10-12T20:00:05+02:00', 'ppdb0002', 'database', 'idle', 12.5::DOUBLE, 'nan'::DOUBLE, NULL::DOUBLE, NULL::DOUBLE, NULL::DOUBLE, 70::DOUBLE, NULL::DOUBLE, NULL::DOUBLE, NULL::DOUBLE, NULL::DOUBLE, 0::BIGINT, NULL::DOUBLE, NULL::DOUBLE, 1::BIGINT, false, 'x', 1::BIGINT))
            t("timestamp", server_name, profile, state, cpu_user_pct, cpu_sys_pct, cpu_iowait_pct, cpu_idle_pct, java_cpu_pct, mem_used_pct, swap_used_pct, disk_usage_pct, net_in_mb_s, net_out_mb_s, back_close_wait, front_close_wait, load_average, uptime_days, problem_child, notes, __index_level_0__)
        """;

    private readonly AFolder folder = new();
    private readonly FakeTimeProvider clock = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_old_daemons_file_is_read_with_equal_values()
    {
        clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        var state = await ReadAsync(AParquet.Of(folder, TwoRecords));

        Assert.Equal((17L, 0, new DateTimeOffset(2025, 10, 12, 18, 0, 0, 250, TimeSpan.Zero)), (state.TickCount, state.RefusedRecords, state.Timestamp));
        Assert.Equal([new("ppml0001", 3), new("ppdb0002", 5)], state.ServerTimesteps);
        var readings = state.Readings;
        Assert.Equal(2, readings.Count);
        Assert.Equal(("ppml0001", At(18, 0), ServerProfile.MlCompute, ServerStatus.HeavyLoad), (readings.Server(0), readings.UnixMilliseconds(0), readings.Profile(0), readings.Status(0)));
        Assert.Equal([36.21f, 5.37f, 1.17f, 57.25f, 696.9f, 51.46f, 4.34f, 43.78f, 9.52f, 3.99f, 1, 3, 1.96f, 400], readings.Values(0).ToArray());
        Assert.Equal(("ppdb0002", At(18, 5), ServerProfile.Database, ServerStatus.Idle), (readings.Server(1), readings.UnixMilliseconds(1), readings.Profile(1), readings.Status(1)));
        Assert.Equal([12.5f, float.NaN, float.NaN, float.NaN, float.NaN, 70, float.NaN, float.NaN, float.NaN, float.NaN, 0, float.NaN, float.NaN, 1], readings.Values(1).ToArray());
    }

    [Fact]
    public async Task Columns_of_pandas_times_and_of_small_numbers_are_read_too()
    {
        var state = await ReadAsync(AParquet.Of(folder, "SELECT TIMESTAMP '2025-10-12 20:00:00.5' AS \"timestamp\", 'a' AS server_name, 7::TINYINT AS back_close_wait, 0.5::FLOAT AS load_average, 12.25::DECIMAL(5, 2) AS mem_used_pct"));

        Assert.Equal((1, 0), (state.Readings.Count, state.RefusedRecords));
        Assert.Equal(new DateTimeOffset(2025, 10, 12, 20, 0, 0, 500, TimeSpan.Zero).ToUnixTimeMilliseconds(), state.Readings.UnixMilliseconds(0));
        Assert.Equal((7f, .5f, 12.25f), (Value(state, Metric.BackCloseWait), Value(state, Metric.LoadAverage), Value(state, Metric.MemUsedPercent)));
    }

    [Fact]
    public async Task A_record_that_is_no_reading_harms_no_other_and_is_counted_with_its_reason()
    {
        var state = await ReadAsync(AParquet.Of(folder, "SELECT '2025-10-12T20:00:00' AS \"timestamp\", 'web-' || i AS server_name, CASE WHEN i = 1500 THEN 'infinity'::DOUBLE ELSE i / 20 END AS cpu_user_pct FROM range(2100) t(i)"));

        Assert.Equal((2_000, 100), (state.Readings.Count, state.RefusedRecords));
        Assert.StartsWith("Record 1500 (web-1500): cpu_user_pct: too large a number", state.Reasons[0], StringComparison.Ordinal);
        Assert.StartsWith("Record 2001 (web-2001): cpu_user_pct: out of range", state.Reasons[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_is_a_name_whatever_letters_it_has()
    {
        var source = AParquet.Of(folder, TwoRecords);
        var odd = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, "it's [a-z] year=2025")).FullName, "st*te?{x}'.parquet");
        File.Move(source, odd);

        Assert.Equal(2, (await ReadAsync(odd)).Readings.Count);
    }

    [Theory]
    [InlineData("2.0", "17", "{}", "its format_version is 2.0, not 1.0")]
    [InlineData("1.0", "-1", "{}", "tick_count is no integer from 0 to 2^63 − 1")]
    [InlineData("1.0", "1e3", "{}", "tick_count is no integer from 0 to 2^63 − 1")]
    [InlineData("1.0", "17", "[]", "server_timesteps is no object")]
    [InlineData("1.0", "17", "{\"a\": 1.5}", "server_timesteps holds what is no integer from 0 to 2^63 − 1")]
    [InlineData("1.0", "17", "{\"a\": ", "server_timesteps is no JSON")]
    public async Task Metadata_that_is_not_the_old_daemons_is_refused_with_a_reason(string version, string tick, string timesteps, string reason)
    {
        var refused = await RefusedAsync(AParquet.Of(folder, TwoRecords, version, tick, timesteps));

        Assert.Equal((LegacyRefusal.Schema, $"The Parquet file is no state of the old daemon: {reason}."), (refused.Kind, refused.Message));
    }

    [Fact]
    public async Task A_table_that_is_no_window_is_refused_with_a_reason()
    {
        Assert.Contains("its column cpu_user_pct is of type DOUBLE", (await RefusedAsync(AParquet.Of(folder, "SELECT 'a' AS server_name, [1.0::DOUBLE] AS cpu_user_pct"))).Message, StringComparison.Ordinal);
        Assert.Contains("it has no column server_name", (await RefusedAsync(AParquet.Of(folder, "SELECT 1.0::DOUBLE AS cpu_user_pct"))).Message, StringComparison.Ordinal);
        AParquet.Run($"COPY (SELECT 1 AS a) TO '{folder.Path}/plain.parquet' (FORMAT parquet)");
        Assert.Contains("its metadata has no format_version", (await RefusedAsync(Path.Combine(folder.Path, "plain.parquet"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_small_file_of_millions_of_records_is_refused_before_they_are_read()
    {
        var refused = await RefusedAsync(AParquet.Of(folder, "SELECT 'a' AS server_name, 1.0::DOUBLE AS cpu_user_pct FROM range(3000000)", options: "COMPRESSION zstd"));

        Assert.Equal(LegacyRefusal.Limit, refused.Kind);
    }

    [Fact]
    public async Task A_small_file_of_huge_texts_is_read_without_them_or_refused()
    {
        var path = AParquet.Of(folder, "SELECT '2025-10-12T20:00:00' AS \"timestamp\", repeat('y', 1000000) AS server_name, repeat('z', 1000000) AS notes, 1.0::DOUBLE AS cpu_user_pct FROM range(3000)", options: "COMPRESSION zstd");
        Assert.InRange(new FileInfo(path).Length, 0, 10_000);

        Assert.Equal(3_000, (await ReadAsync(path)).RefusedRecords);

        var distinct = AParquet.Of(folder, "SELECT repeat('y', 1000000) || i AS server_name, 1.0::DOUBLE AS cpu_user_pct FROM range(500) t(i)", options: "COMPRESSION zstd");
        Assert.Equal(LegacyRefusal.Malformed, (await RefusedAsync(distinct)).Kind);
    }

    [Fact]
    public async Task Damaged_files_are_refused_or_read_and_nothing_else_happens()
    {
        var whole = await File.ReadAllBytesAsync(AParquet.Of(folder, "SELECT '2025-10-12T20:00:00' AS \"timestamp\", 'web-' || (i % 20) AS server_name, (i % 97)::DOUBLE AS cpu_user_pct, (i % 7)::BIGINT AS back_close_wait, i % 2 = 0 AS problem_child FROM range(300) t(i)"), TestContext.Current.CancellationToken);
        var random = new Random(20251012);
        List<byte[]> damaged = [[], [.. "PAR1"u8, .. new byte[6], .. "PAR1"u8], .. Enumerable.Range(1, 40).Select(part => whole[..(whole.Length * part / 41)])];
        for (var variant = 0; variant < 500; variant++)
        {
            var flipped = (byte[])whole.Clone();
            for (var flips = 1 + (variant % 4); flips > 0; flips--) flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
            damaged.Add(flipped);
        }

        var refusals = 0;
        for (var i = 0; i < damaged.Count; i++)
        {
            var path = folder.File("damaged.parquet", damaged[i]);
            try
            {
                await ReadAsync(path);
                Assert.True(i >= 42, $"Damage {i} was read.");
            }
            catch (LegacyRefusedException)
            {
                refusals++;
            }
        }

        Assert.InRange(refusals, 42, damaged.Count);
        Assert.Equal(["damaged.parquet", "state.parquet"], folder.Names);
    }

    [Fact]
    public async Task The_file_stays_as_it_was_and_no_other_is_made()
    {
        var path = AParquet.Of(folder, TwoRecords);
        var before = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);

        await ReadAsync(path);

        Assert.Equal(before, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(path));
        Assert.Equal(["state.parquet"], folder.Names);
    }

    [Fact]
    public async Task Only_the_one_file_can_be_reached()
    {
        var path = AParquet.Of(folder, TwoRecords);
        var secret = folder.File("secret.csv", "a,b\n1,2\n"u8);

        foreach (var sql in (string[])[$"SELECT * FROM read_csv('{secret}')", $"COPY (SELECT 1) TO '{secret}'", "SET enable_external_access = true", $"SET allowed_paths = ['{secret}']", "INSTALL httpfs", "LOAD httpfs", $"ATTACH '{folder.Path}/other.db'"])
        {
            var refused = await Assert.ThrowsAsync<LegacyRefusedException>(() => ForeignParquet.ReadAsync(path, Ask(sql), clock, TestContext.Current.CancellationToken));
            Assert.Equal((sql, LegacyRefusal.Malformed), (sql, refused.Kind));
        }

        Assert.Equal("a,b\n1,2\n", await File.ReadAllTextAsync(secret, TestContext.Current.CancellationToken));
        Assert.Equal(["secret.csv", "state.parquet"], folder.Names);
    }

    [Fact]
    public async Task A_question_without_end_is_ended_by_the_deadline_or_by_the_caller()
    {
        const string Endless = "SELECT a.range FROM range(10000000000) a";
        var path = AParquet.Of(folder, TwoRecords);

        var refused = await Assert.ThrowsAsync<LegacyRefusedException>(() => ForeignParquet.ReadAsync(path, Ask(Endless, () => clock.Advance(ForeignParquet.Deadline)), clock, TestContext.Current.CancellationToken));
        Assert.Equal((LegacyRefusal.Limit, "The Parquet file takes longer than 60 seconds to read."), (refused.Kind, refused.Message));

        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ForeignParquet.ReadAsync(path, Ask(Endless, stop.Cancel), clock, stop.Token));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused() =>
        Assert.Equal(LegacyRefusal.Unreadable, (await RefusedAsync(Path.Combine(folder.Path, "no.parquet"))).Kind);

    private static Func<ForeignParquet, int> Ask(string sql, Action? atFirst = null) => file =>
    {
        var rows = 0;
        file.Query(sql, _ =>
        {
            if (rows++ == 0) atFirst?.Invoke();
        });
        return rows;
    };

    private static float Value(LegacyState state, Metric metric) => state.Readings.Values(0)[(int)metric];

    private static long At(int hour, int second) => new DateTimeOffset(2025, 10, 12, hour, 0, second, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private Task<LegacyState> ReadAsync(string path) =>
        new LegacyReader(FeedRules.Of(new(new(new()), clock)), clock).ReadParquetAsync(path, stop: TestContext.Current.CancellationToken);

    private Task<LegacyRefusedException> RefusedAsync(string path) => Assert.ThrowsAsync<LegacyRefusedException>(() => ReadAsync(path));
}
