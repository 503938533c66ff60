using System.Security.Cryptography;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Intake;
using TftPortal.Engine.State;
using TftPortal.Tests.Builders;

namespace TftPortal.Tests.State;

/// <summary>The journal's database is really damaged while the portal runs: its bytes on disk are overwritten under SQLite.</summary>
public sealed class HealingJournalTests : IDisposable
{
    private static readonly DateTimeOffset Noon = AReading.Noon;
    private readonly AStateFolder folder = new();
    private readonly List<Task> asked = [];
    private int accepted;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_journal_damaged_while_running_is_put_aside_and_begun_anew_and_nothing_accepted_is_lost(bool hasGeneration)
    {
        await using var engine = await folder.EngineAsync(settings: ("State:SaveSeconds", "86400"));
        await FeedManyAsync(engine);
        if (hasGeneration) await engine.SaveAsync();
        await FeedManyAsync(engine);
        Overwrite(folder.Paths.Journal);
        Overwrite(folder.Paths.Journal + "-wal");

        await engine.UntilAsync(() => HasRefused(engine) || engine.Report().Health == StateHealth.Repaired);
        await engine.UntilAsync(() => engine.Report().Health == StateHealth.Repaired);

        Assert.StartsWith("While the portal ran its journal was found damaged (", engine.Report().Message, StringComparison.Ordinal);
        var aside = engine.Report().SetAside.Single(file => file.File.StartsWith("window.parquet.journal.damaged-", StringComparison.Ordinal));
        Assert.Contains("malformed", aside.Reason, StringComparison.Ordinal);
        Assert.Contains(aside.File, folder.Files);
        Assert.NotEmpty(engine.Report().Generations);

        await engine.UntilAsync(() => asked.TrueForAll(save => save.IsCompleted)); // else one of them saves what only the journal shall have
        await FeedOneAsync(engine); // taken at once, and kept by the new journal
        using var left = folder.Now(); // and now the plug is pulled
        await using var again = await left.EngineAsync();
        Assert.Equal((accepted, StateHealth.Good), (again.Feed.Counts.ServersTracked, again.Report().Health));
        Assert.InRange(again.Report().Replay!.Batches, 1, accepted - 120); // what the new journal took; the 120 before the damage come from the save
        Assert.Equal((accepted, engine.Feed.Counts.Records), (engine.Feed.Counts.ServersTracked, again.Feed.Counts.Records));
    }

    [Fact]
    public async Task A_journal_found_damaged_at_the_very_end_is_healed_by_the_last_save()
    {
        await using (var engine = await folder.EngineAsync(settings: ("State:SaveSeconds", "86400")))
        {
            await FeedManyAsync(engine);
            Overwrite(folder.Paths.Journal);
            Overwrite(folder.Paths.Journal + "-wal");
        }

        await using var again = await folder.EngineAsync();

        Assert.Equal(accepted, again.Feed.Counts.ServersTracked);
    }

    [Fact]
    public void A_damaged_journal_takes_nothing_more_until_it_is_begun_anew()
    {
        using var journal = new SqliteJournal(folder.Paths.Journal);
        for (var index = 0; index < 60; index++) journal.Append([Batch(index)], Noon.ToUnixTimeMilliseconds());
        Overwrite(folder.Paths.Journal);
        Overwrite(folder.Paths.Journal + "-wal");

        Assert.Throws<JournalFailedException>(() => journal.Trim(20));
        Assert.NotNull(journal.Damage);
        Assert.Throws<JournalFailedException>(() => journal.Append([Batch(61)], 0));
        Assert.Equal(60, journal.Durable);

        journal.Renew(Noon, []);
        Assert.Null(journal.Damage);
        Assert.InRange(journal.Append([Batch(62)], 0), 61, long.MaxValue);
        Assert.Equal(1, journal.Figures.Batches);
    }

    public void Dispose() => folder.Dispose();

    // More than SQLite keeps in its cache of 2 MB, so that it has to look at the disk.
    private async Task FeedManyAsync(RunningEngine engine)
    {
        for (var batch = 0; batch < 60; batch++)
        {
            await engine.Intake.SubmitAsync(Batch(batch), TestContext.Current.CancellationToken);
            await FeedOneAsync(engine);
        }
    }

    private async Task FeedOneAsync(RunningEngine engine)
    {
        await engine.FeedAsync(AReading.From($"one-{accepted}").WithMemory(50));
        accepted++;
    }

    private bool HasRefused(RunningEngine engine)
    {
        var feeding = engine.FeedAsync(AReading.From($"one-{accepted}").WithMemory(50));
        try
        {
            feeding.GetAwaiter().GetResult();
            accepted++;
            asked.Add(engine.Keeper().SaveNow(TestContext.Current.CancellationToken)); // what trims and notes looks at the disk
            return false;
        }
        catch (IntakeUnavailableException)
        {
            return true;
        }
    }

    // 60 KB each: of what can't be packed.
    private static ReadingBatch Batch(int number)
    {
        var batch = new ReadingBatch(1_000);
        var random = new Random(number);
        for (var index = 0; index < 1_000; index++)
        {
            var values = Enumerable.Range(0, MetricCatalog.Count).Select(_ => (float)random.NextDouble()).ToArray();
            batch.Add("one-0", Noon.AddSeconds(-(number * 1_000) - index).ToUnixTimeMilliseconds(), ServerProfile.Generic, ServerStatus.Healthy, values);
        }

        return batch;
    }

    private static void Overwrite(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        var garbage = RandomNumberGenerator.GetBytes((int)stream.Length);
        stream.Write(garbage);
    }
}
