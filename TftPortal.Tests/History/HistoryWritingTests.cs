using CsCheck;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;
using TftPortal.Tests.Builders;

namespace TftPortal.Tests.History;

public sealed class HistoryWritingTests
{
    private static readonly DateTimeOffset Noon = AReading.Noon;

    [Fact]
    public async Task A_step_is_in_the_history_once_it_has_ended_and_not_before()
    {
        using var past = new APast();
        past.Restart();
        past.Feed(AReading.From("web-01").WithMemory(40), AReading.From("web-01").At(Noon.AddSeconds(1)).WithMemory(60));
        past.Write();
        Assert.Empty(await past.StepsAsync("web-01"));

        past.Clock.Advance(TimeSpan.FromMinutes(5));
        past.Write();

        Assert.Equal(50, Assert.Single(await past.StepsAsync("web-01")).Value, 0.01f);
    }

    [Fact]
    public async Task A_reading_that_comes_late_changes_what_is_written()
    {
        using var past = new APast();
        past.Restart();
        past.Feed(AReading.From("web-01").At(Noon.AddHours(-3)).WithMemory(40));
        past.Write();
        past.Clock.Advance(TimeSpan.FromMinutes(5));
        past.Feed(AReading.From("web-01").At(Noon.AddHours(-3).AddSeconds(30)).WithMemory(20), AReading.From("web-01").At(Noon.AddHours(-2)).WithMemory(70));
        past.Write();
        past.Clock.Advance(TimeSpan.FromMinutes(5));
        past.Write();

        Assert.Equal([30, 70], (await past.StepsAsync("web-01")).OrderBy(step => step.Key).Select(step => MathF.Round(step.Value)));
    }

    [Fact]
    public async Task A_past_that_is_sent_afterwards_does_not_wait_for_the_running_step()
    {
        using var past = new APast();
        past.Restart();
        past.Feed(Enumerable.Range(1, 100).Select(step => AReading.From("web-01").At(Noon.AddMinutes(-5 * step)).WithMemory(40)));
        past.Write();

        Assert.Equal(100, (await past.StepsAsync("web-01")).Count);
    }

    [Fact]
    public async Task A_server_that_sends_once_a_step_has_every_step_though_nothing_comes_after_the_picture_that_showed_it_first()
    {
        using var past = new APast();
        past.Restart();
        for (var step = 0; step < 5; step++)
        {
            past.Feed(AReading.From("web-01").At(past.Clock.GetUtcNow()).WithMemory(10 * step));
            past.Write();
            past.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        past.Write();

        Assert.Equal([0, 10, 20, 30, 40], (await past.StepsAsync("web-01")).OrderBy(step => step.Key).Select(step => MathF.Round(step.Value)));
    }

    [Fact]
    public void A_picture_without_news_writes_nothing()
    {
        using var past = new APast();
        past.Restart();
        past.Feed(AReading.From("web-01").WithMemory(40));
        past.Clock.Advance(TimeSpan.FromMinutes(5));
        past.Write();
        var files = past.Files(HistoryTable.Steps).ToList();

        past.Clock.Advance(TimeSpan.FromMinutes(5));
        past.Write();

        Assert.Single(files);
        Assert.Equal(files, past.Files(HistoryTable.Steps));
    }

    [Fact]
    public async Task A_start_writes_what_the_disk_lacks_and_nothing_twice()
    {
        using var past = new APast();
        past.Restart();
        past.Feed(Enumerable.Range(0, 40).Select(step => AReading.From("web-01").At(Noon.AddMinutes(-5 * step)).WithMemory(step)));
        past.Clock.Advance(TimeSpan.FromMinutes(5));
        past.Write();
        var files = past.Files(HistoryTable.Steps).ToList();
        past.Restart();
        Assert.Equal(files, past.Files(HistoryTable.Steps));

        past.Feed(AReading.From("web-01").At(Noon.AddMinutes(-50).AddSeconds(1)).WithMemory(50)); // came in, and then the plug was pulled
        past.Restart();

        Assert.Equal(files.Count + 1, past.Files(HistoryTable.Steps).Count());
        Assert.Equal(past.Ended("web-01"), await past.StepsAsync("web-01"));
    }

    [Fact]
    public async Task Whatever_order_readings_pictures_restarts_and_compactions_come_in_the_history_is_the_windows()
    {
        // A reading so many minutes ago of one of two servers; a picture; a restart; a compaction; minutes that pass.
        var reading = Gen.Select(Gen.Int[0, 1], Gen.Int[0, 600], Gen.Int[0, 100]).Select((server, ago, memory) => (Act)(past => past.Feed(AReading.From($"web-{server}").At(past.Clock.GetUtcNow().AddMinutes(-ago)).WithMemory(memory))));
        var picture = Gen.Const((Act)(past => past.Write()));
        var restart = Gen.Const((Act)(past => past.Restart()));
        var compaction = Gen.Const((Act)(past => past.Compact()));
        var wait = Gen.Int[1, 12].Select(minutes => (Act)(past => past.Clock.Advance(TimeSpan.FromMinutes(minutes))));
        await Gen.Frequency((6, reading), (4, picture), (1, restart), (1, compaction), (4, wait)).Array[1, 25].SampleAsync(async acts =>
        {
            using var past = new APast();
            past.Restart();
            foreach (var act in acts) act(past);
            past.Clock.Advance(TimeSpan.FromMinutes(5));
            past.Write();
            Assert.Equal(past.Ended("web-0"), await past.StepsAsync("web-0"));
            Assert.Equal(past.Ended("web-1"), await past.StepsAsync("web-1"));
            past.Compact();
            Assert.Equal(past.Ended("web-1"), await past.StepsAsync("web-1"));
        }, iter: 25, threads: 1);
    }

    [Fact]
    public async Task What_was_simulated_has_a_folder_of_its_own_that_a_start_begins_anew()
    {
        using var past = new APast(isSimulated: true);
        past.Restart();
        past.Feed(AReading.From("sim-01").WithMemory(40));
        past.Clock.Advance(TimeSpan.FromMinutes(5));
        past.Write();

        Assert.Single(await past.StepsAsync("sim-01"));
        Assert.Equal("simulated", Path.GetFileName(past.Store.Root));
        HistoryFolders.Begin(past.Store.Root);
        Assert.Empty(await past.StepsAsync("sim-01"));
    }

    private delegate void Act(APast past);
}
