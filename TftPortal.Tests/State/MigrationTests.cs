using System.Text;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.State;
using TftPortal.Tests.Builders;
using TftPortal.Tests.State.Legacy;

namespace TftPortal.Tests.State;

public sealed class MigrationTests : IDisposable
{
    private static readonly DateTimeOffset Noon = AReading.Noon;
    private readonly AStateFolder folder = new();

    [Fact]
    public async Task With_only_a_pickle_its_readings_tick_and_timesteps_become_the_state_and_it_stays_as_it_was()
    {
        File.WriteAllText(folder.Paths.Pickle, Pickle(("web-01", Noon.AddMinutes(-10), 40), ("web-01", Noon.AddMinutes(-5), 41), ("db-01", Noon.AddMinutes(-5), 42)));
        File.SetLastWriteTimeUtc(folder.Paths.Pickle, Noon.UtcDateTime.AddDays(-1));
        var bytes = File.ReadAllBytes(folder.Paths.Pickle);

        await using (var engine = await folder.EngineAsync())
        {
            Assert.Equal((3, 2, 77L), (engine.Feed.Counts.Records, engine.Feed.Counts.ServersTracked, engine.Feed.Counts.Tick));
            var migration = Assert.Single(engine.Report().Migrations);
            Assert.Equal(("window.pkl", "pickle", 2, 3L, null), (migration.File, migration.Kind, migration.Servers, migration.Records, migration.Refusal));
            Assert.Contains("window.parquet", folder.Files); // at once
        }

        var (image, metadata) = await ReadAsync();
        Assert.Equal(77, metadata.Tick);
        Assert.Equal([("db-01", 500L), ("web-01", 900L)], image.Servers.Select(server => (server.Snapshot.Name, server.Timesteps)));
        Assert.Equal(41, image.Servers[1].Snapshot.Latest[(int)Metric.MemUsedPercent]);
        Assert.Equal(bytes, File.ReadAllBytes(folder.Paths.Pickle));
        Assert.Equal(Noon.UtcDateTime.AddDays(-1), File.GetLastWriteTimeUtc(folder.Paths.Pickle));
    }

    [Fact]
    public async Task The_second_start_never_opens_the_pickle()
    {
        File.WriteAllText(folder.Paths.Pickle, Pickle(("web-01", Noon, 40)));
        await using (await folder.EngineAsync())
        {
            // The first start.
        }

        File.WriteAllText(folder.Paths.Pickle, "cos\nsystem\n."); // if it were opened, this would be refused
        await using var again = await folder.EngineAsync();

        Assert.Equal((1, StateHealth.Good), (again.Feed.Counts.Records, again.Report().Health));
        Assert.DoesNotContain(again.Report().Migrations, migration => migration.Refusal?.Contains("GLOBAL", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_pickle_older_than_the_windows_memory_is_migrated_whole_and_then_forgotten_by_the_rules()
    {
        File.WriteAllText(folder.Paths.Pickle, Pickle(("web-01", Noon.AddDays(-40), 40), ("db-01", Noon.AddDays(-40), 41)));

        await using var engine = await folder.EngineAsync();

        Assert.Equal((2, 2), (engine.Report().Generations[0].Records, engine.Report().Migrations[0].Servers));
        await engine.UntilAsync(() => engine.Feed.Counts.ServersTracked == 0);
    }

    [Fact]
    public async Task A_refused_pickle_leaves_no_state_file_and_a_portal_that_is_up_and_says_why()
    {
        File.WriteAllText(folder.Paths.Pickle, "cos\nsystem\n(S'touch /tmp/owned'\ntR.");

        await using var engine = await folder.EngineAsync();

        Assert.DoesNotContain("window.parquet", folder.Files);
        Assert.Contains("GLOBAL at byte 0", Assert.Single(engine.Report().Migrations).Refusal, StringComparison.Ordinal);
        Assert.Equal(StateHealth.Repaired, engine.Report().Health);
        await engine.FeedAsync(AReading.From("web-01").WithMemory(50));
        Assert.Equal(1, engine.Feed.Counts.Records);
    }

    [Fact]
    public async Task The_old_daemons_parquet_becomes_the_state_under_the_same_name()
    {
        AParquet.Run($$"""
            COPY (SELECT '2026-03-10T11:5' || minute || ':00+00:00' AS timestamp, 'web-01' AS server_name, 40.0 + minute AS mem_used_pct, 3::BIGINT AS back_close_wait, true AS problem_child FROM range(5) AS minutes(minute))
            TO '{{folder.File}}' (FORMAT parquet, COMPRESSION snappy, KV_METADATA {format_version: '1.0', tick_count: '12', server_timesteps: '{"web-01": 44}', timestamp: '2026-03-10T11:55:00'})
            """);

        await using (var engine = await folder.EngineAsync())
        {
            Assert.Equal((5, 12L), (engine.Feed.Counts.Records, engine.Feed.Counts.Tick));
            Assert.Equal(("parquet 1.0", 5L, StateHealth.Good), (engine.Report().Migrations[0].Kind, engine.Report().Migrations[0].Records, engine.Report().Health));
        }

        var (image, _) = await ReadAsync();
        Assert.Equal((44L, 44f), (image.Servers[0].Timesteps, image.Servers[0].Snapshot.Latest[(int)Metric.MemUsedPercent]));
        Assert.Contains("window.parquet.previous", folder.Files); // the old one, until the next save
    }

    [Fact]
    public async Task Readings_that_came_in_before_the_pickle_was_put_there_are_kept_beside_it()
    {
        await using (var engine = await folder.EngineAsync(settings: ("State:SaveSeconds", "86400")))
        {
            await engine.FeedAsync(AReading.From("web-02").WithMemory(50));
            using var left = folder.Now(); // no state file yet
            File.WriteAllText(left.Paths.Pickle, Pickle(("web-01", Noon.AddMinutes(-5), 40)));

            await using var again = await left.EngineAsync();

            Assert.Equal(2, again.Feed.Counts.ServersTracked);
        }
    }

    public void Dispose() => folder.Dispose();

    private async Task<(Engine.Window.WindowImage Image, SnapshotMetadata Metadata)> ReadAsync()
    {
        await using var file = File.OpenRead(folder.File);
        return await SnapshotReader.ReadAsync(file);
    }

    // Protocol 0, as Python writes it: text, so that it can be read here.
    internal static string Pickle(params (string Server, DateTimeOffset Time, int Memory)[] records)
    {
        var text = new StringBuilder("(dVrolling_window\n(l");
        foreach (var (server, time, memory) in records)
            text.Append(FormattableString.Invariant($"(dVtimestamp\nV{time:O}\nsVserver_name\nV{server}\nsVmem_used_pct\nF{memory}.0\nsVstatus\nVhealthy\nsa"));
        return text.Append(FormattableString.Invariant($"sVtick_count\nI77\nsVserver_timesteps\n(dVweb-01\nI900\nsVdb-01\nI500\nssVtimestamp\nV{Noon:O}\ns.")).ToString();
    }
}
