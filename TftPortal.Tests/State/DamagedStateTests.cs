using TftPortal.Engine.Fleet;
using TftPortal.Engine.State;
using TftPortal.Engine.State.Legacy;

namespace TftPortal.Tests.State;

public sealed class DamagedStateTests : IDisposable
{
    private readonly AStateFolder folder = new();

    [Fact]
    public async Task A_damaged_newest_generation_is_put_aside_and_the_one_before_made_whole_again()
    {
        string window;
        await using (var engine = await folder.EngineAsync())
        {
            foreach (var memory in (int[])[10, 20, 30])
            {
                await engine.FeedAsync(AReading.From($"web-{memory}").WithMemory(memory));
                await engine.SaveAsync();
            }

            window = await engine.WindowAsync();
        }

        AStateFolder.Flip(folder.File, new FileInfo(folder.File).Length / 2);
        await using var again = await folder.EngineAsync();

        Assert.Equal(window, await again.WindowAsync());
        Assert.Equal((StateHealth.Repaired, 1), (again.Report().Health, again.Report().Replay!.Batches));
        var aside = Assert.Single(again.Report().SetAside);
        Assert.StartsWith("window.parquet.damaged-", aside.File, StringComparison.Ordinal);
        Assert.Contains("What was left made the state whole again.", again.Report().Message, StringComparison.Ordinal);
        Assert.Contains("window.parquet", folder.Files); // saved at once, so that the next start finds it whole

        await using (var stream = again.Keeper().OpenRead(aside)) Assert.Equal(aside.SizeBytes, stream.Length);
        again.Keeper().Delete(aside);
        Assert.Empty(again.Report().SetAside);
        Assert.DoesNotContain(aside.File, folder.Files);
        Assert.Throws<FileNotFoundException>(() => again.Keeper().OpenRead(aside with { File = "window.parquet" }));
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("fourteen bytes")]
    [InlineData("half")]
    [InlineData("without its last byte")]
    [InlineData("another program's")]
    public async Task A_newest_generation_that_is_not_whole_neither_hangs_nor_ends_a_start(string damage)
    {
        await using (var engine = await folder.EngineAsync())
        {
            foreach (var memory in (int[])[10, 20])
            {
                await engine.FeedAsync(AReading.From($"web-{memory}").WithMemory(memory));
                await engine.SaveAsync();
            }
        }

        var bytes = await File.ReadAllBytesAsync(folder.File, TestContext.Current.CancellationToken);
        File.WriteAllBytes(folder.File, damage switch
        {
            "empty" => [],
            "fourteen bytes" => [.. "PAR1"u8, 255, 255, 255, 127, 0, 0, .. "PAR1"u8],
            "half" => bytes[..(bytes.Length / 2)],
            "without its last byte" => bytes[..^1],
            _ => [.. "SQLite format 3\0"u8],
        });
        await using var again = await folder.EngineAsync();

        Assert.Equal((2, StateHealth.Repaired), (again.Feed.Counts.ServersTracked, again.Report().Health));
        Assert.Single(again.Report().SetAside);
    }

    [Fact]
    public async Task Of_five_hundred_damaged_state_files_each_is_refused_or_gives_what_was_saved()
    {
        string whole;
        await using (var engine = await folder.EngineAsync())
        {
            await engine.FeedAsync([.. AHistory.Of("web-01").With(Metric.MemUsedPercent, step => step % 90).Steps(40).Readings()]);
            await engine.FeedAsync(AReading.From("db-01").WithCpu(3));
            whole = await engine.WindowAsync();
        }

        var bytes = await File.ReadAllBytesAsync(folder.File, TestContext.Current.CancellationToken);
        var (random, refused) = (new Random(500), 0);
        for (var variant = 0; variant < 500; variant++)
        {
            var damaged = (byte[])bytes.Clone();
            if (variant % 10 == 9) damaged = damaged[..random.Next(1, bytes.Length)];
            else damaged[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(folder.File, damaged);
            try
            {
                var image = await new ForeignFiles(new(_ => new(new(1), 0, []), TimeProvider.System), TimeProvider.System).ReadOursAsync(folder.File);
                if (image is not null) Assert.Equal(whole, string.Join('\n', image.Servers.Select(server => EngineWithState.Said(server.Snapshot))));
                else refused++; // its version was hit
            }
            catch (LegacyRefusedException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 100, 500);
    }

    [Fact]
    public async Task Where_both_generations_are_damaged_the_journal_alone_is_left_and_that_is_said()
    {
        await using (var engine = await folder.EngineAsync())
        {
            foreach (var memory in (int[])[10, 20, 30])
            {
                await engine.FeedAsync(AReading.From($"web-{memory}").WithMemory(memory));
                await engine.SaveAsync();
            }
        }

        AStateFolder.Flip(folder.File, 100);
        AStateFolder.Flip(folder.Paths.Previous, 100);
        await using (var again = await folder.EngineAsync())
        {
            Assert.Equal(StateHealth.JournalOnly, again.Report().Health);
            Assert.Equal(2, again.Report().SetAside.Length);
            Assert.Equal(1, again.Feed.Counts.ServersTracked); // the journal had been trimmed up to the older generation
            Assert.Contains("began with the one reading that the journal held", again.Report().Message, StringComparison.Ordinal);
        }

        await using var third = await folder.EngineAsync();
        Assert.Equal((StateHealth.Good, 0, 1), (third.Report().Health, third.Report().Replay!.Batches, third.Feed.Counts.ServersTracked)); // its own file, known by its hash
    }

    [Fact]
    public async Task A_flipped_bit_is_found_without_the_journal_too()
    {
        await using (var engine = await folder.EngineAsync()) await engine.FeedAsync([.. AHistory.Of("web-01").With(Metric.MemUsedPercent, step => step % 90).Readings()]);
        var length = new FileInfo(folder.File).Length;
        for (var at = 4; at < length; at += 499)
        {
            using var copy = folder.Now();
            File.Delete(copy.Paths.Journal);
            AStateFolder.Flip(copy.File, at);

            await using var again = await copy.EngineAsync();

            Assert.True(again.Feed.Counts.ServersTracked == 0 || again.Feed.Counts.Records == 288, $"With byte {at} flipped the window had {again.Feed.Counts.Records} readings.");
            if (again.Feed.Counts.ServersTracked == 0) Assert.Equal(StateHealth.JournalOnly, again.Report().Health);
        }
    }

    [Fact]
    public async Task A_damaged_journal_is_read_as_far_as_it_goes_and_begun_anew()
    {
        await using (var engine = await folder.EngineAsync())
        {
            await engine.FeedAsync(AReading.From("web-01").WithMemory(50));
            await engine.SaveAsync();
        }

        File.WriteAllBytes(folder.Paths.Journal, new byte[40_000]);
        await using (var again = await folder.EngineAsync())
        {
            Assert.Equal((StateHealth.Repaired, 1), (again.Report().Health, again.Feed.Counts.ServersTracked));
            await again.FeedAsync(AReading.From("web-02").WithMemory(50));
        }

        await using var third = await folder.EngineAsync();
        Assert.Equal((StateHealth.Good, 2), (third.Report().Health, third.Feed.Counts.ServersTracked));
    }

    public void Dispose() => folder.Dispose();
}
