using Microsoft.Data.Sqlite;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.State;
using TftPortal.Tests.Builders;

namespace TftPortal.Tests.State;

public sealed class JournalTests : IDisposable
{
    private static readonly long Now = AReading.Noon.ToUnixTimeMilliseconds();
    private readonly AStateFolder folder = new();

    [Fact]
    public void Batches_come_back_in_order_and_as_they_were()
    {
        using (var journal = Open())
        {
            Assert.Equal(1, journal.Append([ABatch.Of(AReading.From("web-01").WithCpu(3).WithUptime(700), AReading.From("web-02").At(AReading.Noon.AddDays(-6)).WithMemory(0.1f), AReading.From("web-01").WithStatus(ServerStatus.Offline).WithMemory(9))], Now));
            Assert.Equal(2, journal.Append([AReading.From("ü:x").WithMemory(1).Batch(), AReading.From("c").WithProfile(ServerProfile.Database).WithMemory(2).Batch(isSimulated: true)], Now + 1));
        }

        using var again = Open();
        var (reading, batches) = Read(again);

        Assert.Equal(new(3, again.Figures.SizeBytes, 1, 3), again.Figures);
        Assert.Equal((3, 5, "The journal was read to its end."), (reading.Batches, reading.Records, reading.EndedBecause));
        Assert.Equal(["web-01", "web-02", "web-01"], Enumerable.Range(0, 3).Select(batches[0].Batch.Server));
        Assert.Equal(AReading.Noon.AddDays(-6).ToUnixTimeMilliseconds(), batches[0].Batch.UnixMilliseconds(1));
        Assert.Equal(ServerStatus.Offline, batches[0].Batch.Status(2));
        Assert.Equal(AReading.From("x").WithCpu(3).WithUptime(700).Values, batches[0].Batch.Values(0));
        Assert.Equal((true, ServerProfile.Database, Now + 1), (batches[2].Batch.IsSimulated, batches[2].Batch.Profile(0), batches[2].ReceivedAt));
    }

    [Fact]
    public void Only_what_is_behind_a_snapshot_is_read_and_only_what_is_before_it_is_dropped()
    {
        using var journal = Open();
        for (var index = 0; index < 10; index++) journal.Append([One(index)], Now);

        Assert.Equal([7, 8, 9], Read(journal, after: 7).Batches.Select(batch => (int)batch.Batch.Values(0)[(int)Metric.MemUsedPercent]));
        journal.Trim(7);

        Assert.Equal((3, 8, 10), (journal.Figures.Batches, journal.Figures.OldestSequence, journal.Figures.NewestSequence));
        Assert.Equal(3, Read(journal).Reading.Batches);
    }

    [Fact]
    public void Sequences_go_on_after_a_restart_even_where_everything_was_dropped()
    {
        using (var journal = Open())
        {
            journal.Append([One(1), One(2)], Now);
            journal.Note(Generation(sequence: 2));
            journal.Trim(2);
        }

        using var again = Open();
        Assert.Equal(3, again.Append([One(3)], Now));
    }

    [Fact]
    public void Of_a_torn_tail_the_whole_batches_remain()
    {
        using var journal = Open();
        for (var index = 0; index < 20; index++) journal.Append([One(index)], Now);
        using var torn = folder.Now();
        using (var log = File.OpenWrite(torn.Paths.Journal + "-wal")) log.SetLength(log.Length - 3_000);

        using var again = SqliteJournal.Open(torn.Paths, AReading.Noon, out var damage);
        var (reading, batches) = Read(again);

        Assert.Null(damage);
        Assert.InRange(reading.Batches, 15, 19);
        Assert.Equal(Enumerable.Range(0, (int)reading.Batches), batches.Select(batch => (int)batch.Batch.Values(0)[(int)Metric.MemUsedPercent]));
    }

    [Fact]
    public void A_damaged_batch_is_left_out_and_named_and_the_others_are_not()
    {
        using (var journal = Open())
        {
            for (var index = 0; index < 5; index++) journal.Append([One(index)], Now);
        }

        folder.ChangeJournal("UPDATE batches SET body = (SELECT body FROM batches WHERE seq = 1) WHERE seq = 3");
        using var again = Open();
        var (reading, _) = Read(again);

        Assert.Equal((4, 1), (reading.Batches, reading.Damaged));
        Assert.Equal("The journal was read to its end; 1 damaged batches between 3 and 3 were left out.", reading.EndedBecause);
    }

    [Fact]
    public void A_damaged_database_is_read_as_far_as_it_goes()
    {
        using (var journal = Open())
        {
            for (var index = 0; index < 2_000; index++) journal.Append([One(index % 100)], Now);
        }

        using (var file = File.OpenWrite(folder.Paths.Journal))
        {
            file.Position = file.Length / 2;
            file.Write(new byte[(file.Length / 2) - 4_096]);
        }

        using var again = Open();
        var (reading, _) = Read(again);

        Assert.InRange(reading.Batches, 1, 1_999);
        Assert.StartsWith($"The journal is damaged behind batch {reading.Batches}: ", reading.EndedBecause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_database_is_put_aside_and_a_new_one_is_begun()
    {
        File.WriteAllText(folder.Paths.Journal, new string('x', 10_000));

        using var journal = SqliteJournal.Open(folder.Paths, AReading.Noon, out var damage);

        Assert.NotNull(damage);
        Assert.Equal(1, journal.Append([One(1)], Now));
        Assert.Contains("window.parquet.journal.damaged-20260310T120000000Z", folder.Files);
    }

    [Fact]
    public void A_second_portal_on_the_same_folder_is_refused()
    {
        using var journal = Open();

        Assert.Equal(5, Assert.Throws<SqliteException>(Open).SqliteErrorCode); // SQLITE_BUSY
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 200 })]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 7, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1 })]
    public void What_is_no_batch_is_refused_and_nothing_else(byte[] bytes) => Assert.Throws<InvalidDataException>(() => BatchCodec.Read(bytes, out _));

    public void Dispose() => folder.Dispose();

    private SqliteJournal Open() => new(folder.Paths.Journal);

    private static ReadingBatch One(int memory) => AReading.From("web-01").WithMemory(memory).Batch();

    private static SavedGeneration Generation(long sequence) => new("x", 1, 1, sequence, 1, 1, AReading.Noon, 1, TimeSpan.Zero, "00");

    private static (JournalReading Reading, List<(ReadingBatch Batch, long ReceivedAt)> Batches) Read(SqliteJournal journal, long after = 0)
    {
        List<(ReadingBatch, long)> batches = [];
        return (journal.Read(after, (batch, receivedAt) => batches.Add((batch, receivedAt))), batches);
    }
}
