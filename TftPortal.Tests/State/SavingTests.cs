using DuckDB.NET.Data;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.State;
using TftPortal.Tests.Builders;

namespace TftPortal.Tests.State;

public sealed class SavingTests : IDisposable
{
    private static readonly DateTimeOffset Noon = AReading.Noon;
    private readonly AStateFolder folder = new();

    [Fact]
    public async Task The_state_is_saved_by_time_and_only_where_something_changed()
    {
        await using var engine = await folder.EngineAsync(settings: ("State:SaveSeconds", "60"));
        await engine.UntilAsync(() => engine.Clock.GetUtcNow() > Noon.AddMinutes(5));
        Assert.Empty(engine.Report().Generations);

        await engine.FeedAsync(AReading.From("web-01").At(engine.Clock.GetUtcNow()).WithMemory(50));
        var fed = engine.Clock.GetUtcNow();
        await engine.UntilAsync(() => engine.Report().Generations.Length == 1);

        Assert.InRange(engine.Report().Generations[0].Time, fed, fed.AddSeconds(61));
        await engine.UntilAsync(() => engine.Clock.GetUtcNow() > fed.AddMinutes(5));
        Assert.Equal(1, Assert.Single(engine.Report().Generations).Number);
    }

    [Fact]
    public async Task The_state_is_saved_before_its_time_once_there_are_many_new_readings()
    {
        await using var engine = await folder.EngineAsync(settings: [("State:SaveSeconds", "86400"), ("State:SaveRecords", "100")]);
        await engine.FeedAsync([.. AHistory.Of("web-01").With(Metric.MemUsedPercent, 50).Steps(99).Readings()]);
        await engine.UntilAsync(() => engine.Clock.GetUtcNow() > Noon.AddSeconds(20));
        Assert.Empty(engine.Report().Generations);

        await engine.FeedAsync(AReading.From("web-01").WithMemory(50));
        await engine.UntilAsync(() => engine.Report().Generations.Length == 1);

        Assert.Equal(100, engine.Report().Generations[0].Records);
    }

    [Fact]
    public async Task The_end_saves_what_was_not_saved_yet()
    {
        await using (var engine = await folder.EngineAsync()) await engine.FeedAsync(AReading.From("web-01").WithMemory(50));

        await using var again = await folder.EngineAsync();

        Assert.Equal((0, 1), (again.Report().Replay!.Batches, again.Feed.Counts.Records));
    }

    [Fact]
    public async Task An_end_without_a_reading_leaves_no_state_file()
    {
        await using (var engine = await folder.EngineAsync()) Assert.Equal(0, engine.Feed.Counts.Records);

        Assert.DoesNotContain("window.parquet", folder.Files);
    }

    [Fact]
    public async Task Two_generations_are_kept_and_the_journal_back_to_the_older()
    {
        await using var engine = await folder.EngineAsync();
        for (var index = 0; index < 4; index++)
        {
            await engine.FeedAsync(AReading.From("web-01").At(Noon.AddSeconds(index)).WithMemory(50));
            await engine.SaveAsync();
        }

        var report = engine.Report();
        Assert.Equal([(4L, "window.parquet"), (3L, "window.parquet.previous")], report.Generations.Select(generation => (generation.Number, generation.File)));
        Assert.Equal((1, 4, 4), (report.Journal.Batches, report.Journal.OldestSequence, report.Journal.NewestSequence));
        Assert.All(report.Generations, generation => Assert.Equal(HashingStream.HashOf(Path.Combine(Path.GetDirectoryName(folder.File)!, generation.File)), generation.Hash));
    }

    [Fact]
    public async Task A_save_that_fails_leaves_the_generations_as_they_are_and_is_said_until_one_succeeds()
    {
        await using var engine = await folder.EngineAsync();
        await engine.FeedAsync(AReading.From("web-01").WithMemory(50));
        Directory.CreateDirectory(folder.Paths.Unfinished); // no file can be written there, whoever this is

        await Assert.ThrowsAsync<StateNotSavedException>(engine.SaveAsync);
        Assert.Equal((StateHealth.SaveFailing, true), (engine.Report().Health, engine.Report().Generations.IsEmpty));
        await engine.FeedAsync(AReading.From("web-02").WithMemory(50)); // the journal goes on

        Directory.Delete(folder.Paths.Unfinished);
        await engine.UntilAsync(() => engine.Report().Generations.Length == 1);
        Assert.Equal((StateHealth.Good, ""), (engine.Report().Health, engine.Report().Message));
    }

    [Fact]
    public async Task The_state_file_can_be_asked_by_any_program_that_reads_parquet()
    {
        await using (var engine = await folder.EngineAsync())
        {
            await engine.FeedAsync([.. AHistory.Of("web-01").With(Metric.CpuUserPercent, step => step == 3 ? float.NaN : step).With(Metric.MemUsedPercent, 50).Steps(10).Readings()]);
            await engine.FeedAsync(AReading.From("db-01").WithMemory(9).WithProfile(ServerProfile.Database));
        }

        Assert.Equal("db-01 1 | web-01 10", Ask($"SELECT string_agg(server_name || ' ' || len(cpu_user_pct), ' | ' ORDER BY server_name) FROM '{folder.File}'"));
        Assert.Equal("9", Ask($"SELECT max(list_max(cpu_user_pct))::INT FROM '{folder.File}'")); // a missing value is null, and spoils no average
        Assert.Equal("database", Ask($"SELECT profile FROM '{folder.File}' WHERE server_name = 'db-01'"));
        Assert.Equal("2.0", Ask($"SELECT decode(value) FROM parquet_kv_metadata('{folder.File}') WHERE decode(key) = 'format_version'"));
        Assert.Equal("{\"db-01\":1,\"web-01\":10}", Ask($"SELECT decode(value) FROM parquet_kv_metadata('{folder.File}') WHERE decode(key) = 'server_timesteps'"));
    }

    [Fact]
    public async Task A_simulated_fleet_leaves_nothing_on_disk_for_the_next_start_simulates_anew()
    {
        await using var engine = await folder.EngineAsync();
        await engine.Intake.SubmitAsync(ABatch.Of([AReading.From("demo-01").WithMemory(50)], isSimulated: true), TestContext.Current.CancellationToken);
        await engine.FeedAsync(AReading.From("real-01").WithMemory(50));
        await engine.SaveAsync();

        Assert.Equal((1, 1), (engine.Report().Journal.Batches, engine.Report().Generations[0].Servers));
        Assert.Equal(2, engine.Feed.Counts.ServersTracked);
    }

    [Fact]
    public async Task A_server_whose_clock_is_off_is_named()
    {
        await using var engine = await folder.EngineAsync();
        await engine.FeedAsync(AReading.From("ahead-01").At(Noon.AddHours(2)).WithMemory(50), AReading.From("behind-01").At(Noon.AddHours(-3)).WithMemory(50), AReading.From("right-01").WithMemory(50));
        await engine.UntilAsync(() => engine.Report().Clocks.Length == 2);

        Assert.Equal(
            [("ahead-01", TimeSpan.FromHours(2), 1L), ("behind-01", TimeSpan.FromHours(-3), 0L)],
            engine.Report().Clocks.Select(clock => (clock.Server, clock.Offset, clock.Refused)));
    }

    [Fact]
    public async Task Without_a_file_nothing_is_kept_and_a_save_says_so()
    {
        await using var engine = await RunningEngine.StartAsync();
        await engine.FeedAsync(AReading.From("web-01").WithMemory(50));

        var refused = await Assert.ThrowsAsync<StateNotSavedException>(engine.SaveAsync);

        Assert.Equal("Nothing is kept on disk: this engine has no state file.", refused.Message);
    }

    public void Dispose() => folder.Dispose();

    private static string Ask(string sql)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture)!;
    }
}
