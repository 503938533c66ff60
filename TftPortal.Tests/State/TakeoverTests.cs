using System.Diagnostics;
using TftPortal.Engine.State;
using TftPortal.Tests.Builders;
using TftPortal.Tests.State.Legacy;
using static TftPortal.Tests.State.MigrationTests;

namespace TftPortal.Tests.State;

/// <summary>What another system left stays as it was, and what became of it is never forgotten.</summary>
public sealed class TakeoverTests : IDisposable
{
    private const string Malicious = "cos\nsystem\n(S'touch /tmp/owned'\ntR.";
    private static readonly DateTimeOffset Noon = AReading.Noon;
    private readonly AStateFolder folder = new();

    [Fact]
    public async Task The_old_daemons_parquet_is_kept_for_good_byte_for_byte_however_often_the_state_is_saved()
    {
        AnOldParquet();
        var bytes = File.ReadAllBytes(folder.File);
        await using (var engine = await folder.EngineAsync())
        {
            for (var save = 0; save < 3; save++) await SaveOneMoreAsync(engine, save);
        }

        await using var again = await folder.EngineAsync();
        await SaveOneMoreAsync(again, 9);

        var migration = Assert.Single(again.Report().Migrations);
        Assert.Equal(("window.parquet", "parquet 1.0", 5L, "window.parquet.migrated-20260310T120000000Z"), (migration.File, migration.Kind, migration.Records, migration.Kept));
        var kept = Path.Combine(folder.Paths.Folder, migration.Kept!);
        Assert.Equal(bytes, File.ReadAllBytes(kept));
        Assert.Equal(Noon.UtcDateTime.AddDays(-30), File.GetLastWriteTimeUtc(kept));
        Assert.Equal([5L, 4L], again.Report().Generations.Select(generation => generation.Number)); // both ours
        Assert.Empty(again.Report().SetAside);
    }

    [Fact]
    public async Task A_parquet_that_can_not_be_kept_yet_is_not_overwritten_either()
    {
        AnOldParquet();
        var bytes = File.ReadAllBytes(folder.File);
        var name = folder.File + ".migrated-20260310T120000000Z";
        Directory.CreateDirectory(name); // nothing can be kept under that name
        await using var engine = await folder.EngineAsync();
        await engine.FeedAsync(AReading.From("web-02").WithMemory(50));

        Assert.Equal((StateHealth.SaveFailing, 2), (engine.Report().Health, engine.Feed.Counts.ServersTracked));
        await Assert.ThrowsAsync<StateNotSavedException>(engine.SaveAsync);
        Assert.Equal(bytes, File.ReadAllBytes(folder.File));

        Directory.Delete(name);
        await engine.UntilAsync(() => engine.Report().Health == StateHealth.Good);
        Assert.Equal(bytes, File.ReadAllBytes(name));
    }

    [Fact]
    public async Task A_start_that_was_cut_off_behind_the_keeping_keeps_the_file_once()
    {
        AnOldParquet();
        File.Copy(folder.File, folder.File + ".migrated-20260310T110000000Z");

        await using var engine = await folder.EngineAsync();

        Assert.Equal("window.parquet.migrated-20260310T110000000Z", Assert.Single(engine.Report().Migrations).Kept);
        Assert.Single(folder.Files, file => file.Contains(".migrated-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_state_file_of_ours_from_elsewhere_is_kept_too()
    {
        using var elsewhere = new AStateFolder();
        await using (var engine = await elsewhere.EngineAsync()) await engine.FeedAsync(AReading.From("web-01").WithMemory(50));
        File.Copy(elsewhere.File, folder.File);
        var bytes = File.ReadAllBytes(folder.File);

        await using var here = await folder.EngineAsync();

        var migration = Assert.Single(here.Report().Migrations);
        Assert.Equal(("parquet 2.0", 1L, 1), (migration.Kind, migration.Records, here.Feed.Counts.ServersTracked));
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(folder.Paths.Folder, migration.Kept!)));
    }

    [Fact]
    public async Task A_refused_pickle_is_said_at_every_start_until_it_is_gone_and_never_opened_beside_a_state()
    {
        File.WriteAllText(folder.Paths.Pickle, Malicious);
        await using (var engine = await folder.EngineAsync()) await SaveOneMoreAsync(engine, 1);

        for (var start = 0; start < 2; start++)
        {
            await using var again = await folder.EngineAsync();
            Assert.Equal((StateHealth.Repaired, 1), (again.Report().Health, again.Feed.Counts.Records));
            Assert.Contains("GLOBAL at byte 0", Assert.Single(again.Report().Migrations).Refusal, StringComparison.Ordinal);
            Assert.StartsWith("window.pkl was refused on 2026-03-10 12:00:00Z: GLOBAL at byte 0", again.Report().Message, StringComparison.Ordinal);
            Assert.Contains("It is still there as it was. To have it read: stop the portal, move window.parquet and window.parquet.previous away where they exist, and start it again.", again.Report().Message, StringComparison.Ordinal);
        }

        File.Delete(folder.Paths.Pickle);
        await using var last = await folder.EngineAsync();
        Assert.Equal((StateHealth.Good, ""), (last.Report().Health, last.Report().Message));
    }

    [Fact]
    public async Task A_corrected_pickle_beside_a_state_is_not_opened_but_said_and_read_once_the_state_is_moved_away()
    {
        File.WriteAllText(folder.Paths.Pickle, Malicious);
        await using (var engine = await folder.EngineAsync()) await SaveOneMoreAsync(engine, 1);
        File.WriteAllText(folder.Paths.Pickle, Pickle(("web-09", Noon.AddMinutes(-5), 40)));

        await using (var again = await folder.EngineAsync())
        {
            Assert.Equal((StateHealth.Repaired, 1), (again.Report().Health, again.Feed.Counts.ServersTracked));
            Assert.Contains("It was changed since, and not looked at: window.parquet is there, and wins. To have it read: stop the portal", again.Report().Message, StringComparison.Ordinal);
        }

        foreach (var file in (string[])[folder.File, folder.Paths.Previous])
        {
            if (File.Exists(file)) File.Move(file, file + ".away");
        }

        await using (var third = await folder.EngineAsync())
        {
            Assert.Equal((StateHealth.Good, null), (third.Report().Health, Assert.Single(third.Report().Migrations).Refusal));
            Assert.Contains("web-09", (await third.PictureAsync(picture => picture.Servers.Length > 0)).ByName.Keys);
        }

        await using var fourth = await folder.EngineAsync();
        Assert.Equal(StateHealth.Good, fourth.Report().Health);
    }

    [Fact]
    public async Task A_pickle_that_was_put_beside_a_state_is_named_with_what_to_do()
    {
        await using (var engine = await folder.EngineAsync()) await SaveOneMoreAsync(engine, 1);
        File.WriteAllText(folder.Paths.Pickle, Malicious);

        await using var again = await folder.EngineAsync();

        Assert.Equal(StateHealth.Good, again.Report().Health);
        Assert.StartsWith("It was never read: window.parquet is there, and wins. To have it read: ", Assert.Single(again.Report().Migrations).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_refused_is_remembered_by_a_journal_begun_anew()
    {
        File.WriteAllText(folder.Paths.Pickle, Malicious);
        await using (var engine = await folder.EngineAsync()) await SaveOneMoreAsync(engine, 1);
        using (var journal = new SqliteJournal(folder.Paths.Journal)) journal.Renew(Noon, journal.Generations("window.parquet"));

        await using var again = await folder.EngineAsync();

        Assert.Contains("GLOBAL at byte 0", Assert.Single(again.Report().Migrations).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pipe", "a pipe")]
    [InlineData("device", "a device")]
    public async Task A_pipe_or_device_for_a_pickle_neither_blocks_the_start_nor_is_read(string kind, string words)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pipes and devices are told on Linux.");
        await MakeAsync(kind, folder.Paths.Pickle);

        await using var engine = await StartSoonAsync();

        Assert.Contains($"it is {words} and no file", Assert.Single(engine.Report().Migrations).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pipe", "", "window.parquet is a pipe and no file")]
    [InlineData("device", "", "window.parquet is a device and no file")]
    [InlineData("pipe", ".previous", "window.parquet.previous is a pipe and no file")]
    [InlineData("pipe", ".saving", "window.parquet.saving is a pipe and no file")]
    [InlineData("pipe", ".journal", "window.parquet.journal is a pipe and no file")]
    [InlineData("folder", "", "window.parquet is a folder and no file")]
    public async Task A_pipe_device_or_folder_where_the_state_should_be_stops_the_start_with_one_line(string kind, string behind, string words)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pipes and devices are told on Linux.");
        await MakeAsync(kind, folder.File + behind);

        var refused = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(StartSoonAsync);

        Assert.StartsWith($"The state can't be kept in {folder.Paths.Folder}: {words}. ", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    // A start that waits for a pipe's other end would wait for ever, and this test must not.
    private Task<RunningEngine> StartSoonAsync() => Task.Run(() => folder.EngineAsync()).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    private static async Task SaveOneMoreAsync(RunningEngine engine, int number)
    {
        await engine.FeedAsync(AReading.From($"new-{number}").WithMemory(50));
        await engine.SaveAsync();
    }

    private void AnOldParquet()
    {
        AParquet.Run($$"""
            COPY (SELECT '2026-03-10T11:5' || minute || ':00+00:00' AS timestamp, 'web-01' AS server_name, 40.0 + minute AS mem_used_pct FROM range(5) AS minutes(minute))
            TO '{{folder.File}}' (FORMAT parquet, COMPRESSION snappy, KV_METADATA {format_version: '1.0', tick_count: '12', server_timesteps: '{"web-01": 44}', timestamp: '2026-03-10T11:55:00'})
            """);
        File.SetLastWriteTimeUtc(folder.File, Noon.UtcDateTime.AddDays(-30));
    }

    private static async Task MakeAsync(string kind, string path)
    {
        if (kind == "device") File.CreateSymbolicLink(path, "/dev/zero");
        else if (kind == "folder") Directory.CreateDirectory(path);
        else
        {
            using var made = Process.Start("mkfifo", [path]);
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }
}
