using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;

namespace TftPortal.Tests.Publishing;

public class OutlookFeedTests
{
    private static readonly WindowCounts Nothing = new(0, 0, 0, 0, 0, 12);
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    private readonly OutlookFeed feed = new(Picture(0));

    [Fact]
    public async Task A_watcher_gets_the_newest_picture_at_once()
    {
        feed.Publish(Picture(1));

        await using var watcher = feed.WatchAsync(Stop).GetAsyncEnumerator(Stop);

        Assert.True(await watcher.MoveNextAsync());
        Assert.Equal(1, watcher.Current.Sequence);
    }

    [Fact]
    public async Task A_slow_watcher_loses_the_pictures_in_between_and_never_the_newest()
    {
        await using var watcher = feed.WatchAsync(Stop).GetAsyncEnumerator(Stop);
        await watcher.MoveNextAsync();

        for (var sequence = 1; sequence <= 50; sequence++) feed.Publish(Picture(sequence));

        Assert.True(await watcher.MoveNextAsync());
        Assert.Equal(50, watcher.Current.Sequence);
    }

    [Fact]
    public async Task Every_watcher_gets_every_picture_that_it_keeps_up_with()
    {
        await using var one = feed.WatchAsync(Stop).GetAsyncEnumerator(Stop);
        await using var other = feed.WatchAsync(Stop).GetAsyncEnumerator(Stop);
        await one.MoveNextAsync();
        await other.MoveNextAsync();

        for (var sequence = 1; sequence <= 5; sequence++)
        {
            feed.Publish(Picture(sequence));
            await one.MoveNextAsync();
            await other.MoveNextAsync();
            Assert.Equal((sequence, sequence), (one.Current.Sequence, other.Current.Sequence));
        }
    }

    [Fact]
    public async Task A_watcher_that_leaves_is_forgotten()
    {
        using var leaving = new CancellationTokenSource();
        var watcher = feed.WatchAsync(leaving.Token).GetAsyncEnumerator(Stop);
        await watcher.MoveNextAsync();
        Assert.Equal(1, feed.Watchers);

        var waiting = watcher.MoveNextAsync();
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
        await watcher.DisposeAsync();
        Assert.Equal(0, feed.Watchers);
    }

    [Fact]
    public void A_failure_shows_until_a_picture_is_made_again()
    {
        feed.Fail(new(AReading.Noon, "The model is damaged."));
        Assert.Equal("The model is damaged.", feed.LastFailure!.Reason);

        feed.Publish(Picture(1));

        Assert.Null(feed.LastFailure);
    }

    [Fact]
    public void The_counts_are_those_of_the_newest_batch_before_a_picture_shows_them()
    {
        feed.Report(Nothing with { Tick = 7 });

        Assert.Equal(7, feed.Counts.Tick);
        Assert.Equal(0, feed.Latest.Counts.Tick);
    }

    private static FleetOutlook Picture(long sequence) => FleetOutlook.Empty(AReading.Noon, AWindow.Grid, "test", Nothing) with { Sequence = sequence };
}
