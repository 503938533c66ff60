using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Demo;
using TftPortal.Engine;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Intake;

namespace TftPortal.Tests.Demo;

public sealed class DemoFeedTests
{
    private readonly FakeTimeProvider clock = new(new(2026, 3, 11, 10, 2, 30, TimeSpan.Zero));
    private readonly ReadingIntake intake = new();

    [Fact]
    public async Task It_sends_the_past_within_the_engines_memory_and_then_a_reading_a_server_every_five_seconds()
    {
        using var feed = Feed(new(), new EngineOptions { MemoryDays = 1 });
        await feed.StartAsync(TestContext.Current.CancellationToken);
        var oldest = DateTimeOffset.MaxValue;
        var past = 0;
        var batch = await NextAsync();
        while (TimeOf(batch) != clock.GetUtcNow())
        {
            past += batch.Count;
            oldest = TimeOf(batch) < oldest ? TimeOf(batch) : oldest;
            batch = await NextAsync();
        }

        Assert.InRange(oldest, clock.GetUtcNow().AddHours(-23).AddMinutes(-5), clock.GetUtcNow().AddHours(-22));
        Assert.InRange(past, 20 * 23 * 12 * .9, 20 * 23 * 12);
        for (var tick = 0; tick < 3; tick++)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            batch = await NextAsync();
            Assert.Equal(clock.GetUtcNow(), TimeOf(batch));
            Assert.True(batch.IsSimulated);
            Assert.InRange(batch.Count, 17, 20);
        }

        await feed.StopAsync(TestContext.Current.CancellationToken);
        Assert.True(feed.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task It_stops_while_the_engine_has_not_taken_its_first_batch()
    {
        using var feed = Feed(new(), new());
        await feed.StartAsync(TestContext.Current.CancellationToken);
        Assert.True(await intake.Pending.WaitToReadAsync(TestContext.Current.CancellationToken));
        await feed.StopAsync(TestContext.Current.CancellationToken);
        Assert.True(feed.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Without_a_backfill_it_begins_with_the_present()
    {
        using var feed = Feed(new() { BackfillHours = 0, Servers = 3 }, new());
        await feed.StartAsync(TestContext.Current.CancellationToken);
        var batch = await NextAsync();
        Assert.Equal(clock.GetUtcNow(), TimeOf(batch));
        await feed.StopAsync(TestContext.Current.CancellationToken);
    }

    private DemoFeed Feed(DemoOptions options, EngineOptions engine) => new(
        new(Options.Create(options), clock), intake, Options.Create(options), Options.Create(engine), clock, NullLogger<DemoFeed>.Instance);

    private async Task<ReadingBatch> NextAsync()
    {
        var pending = await intake.Pending.ReadAsync(TestContext.Current.CancellationToken);
        pending.Done.SetResult(new(new(0, 0, 0, 0, 0, 0), []));
        return pending.Batch;
    }

    private static DateTimeOffset TimeOf(ReadingBatch batch) => DateTimeOffset.FromUnixTimeMilliseconds(batch.UnixMilliseconds(0));
}
