using System.Text;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Intake;
using TftPortal.Tests.Builders;

namespace TftPortal.Tests.Intake;

/// <summary>Agents that send local time without an offset, as the old generator does, on the two nights when the clock changes.</summary>
public sealed class DaylightSavingTests
{
    private readonly FakeTimeProvider clock = new();

    [Theory]
    [InlineData("Europe/Berlin", "2026-10-24T23:00:00Z")] // autumn
    [InlineData("Europe/Berlin", "2026-03-28T23:00:00Z")] // spring
    [InlineData("America/New_York", "2026-11-01T04:00:00Z")]
    [InlineData("America/New_York", "2026-03-08T05:00:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-04T13:00:00Z")] // by half an hour
    public async Task An_agent_that_posts_local_times_all_night_fills_every_step_of_the_grid_once(string zone, string from)
    {
        var start = DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture);
        clock.SetUtcNow(start);
        clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById(zone));
        await using var engine = await RunningEngine.StartAsync(clock);
        for (var step = 0; step < 60; step++, clock.Advance(TimeSpan.FromMinutes(5)))
        {
            var local = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), clock.LocalTimeZone);
            var receipt = await FeedAsync(engine, FormattableString.Invariant($"{local:yyyy-MM-ddTHH:mm:ss}"), memory: step);
            Assert.Empty(receipt.Refused);
        }

        var history = (await engine.PictureAsync(picture => picture.Counts.Records == 60)).ByName["web-01"].Server.History;
        var first = new StepGrid(300).StepOf(start);
        Assert.Equal(Enumerable.Repeat(1, 60), Enumerable.Range(0, 60).Select(step => history.ReadingsIn(first + step)));
        Assert.All(Enumerable.Range(0, 60), step => Assert.Equal(step, history.At(Metric.MemUsedPercent, first + step), tolerance: 0.01));
    }

    [Theory]
    [InlineData("2026-10-25T00:35:00Z", "2026-10-25T00:30:00Z")] // the first time: summer's
    [InlineData("2026-10-25T01:35:00Z", "2026-10-25T01:30:00Z")] // the second: winter's
    [InlineData("2026-10-25T01:10:00Z", "2026-10-25T00:30:00Z")] // sent 40 minutes late, when winter's is still to come
    [InlineData("2026-10-25T01:22:00Z", "2026-10-25T01:30:00Z")] // a clock that is eight minutes fast
    [InlineData("2026-10-25T00:25:00Z", "2026-10-25T00:30:00Z")] // and so in the first hour
    [InlineData("2026-10-24T22:00:00Z", "2026-10-25T00:30:00Z")] // both ahead: refused for the earlier
    [InlineData("2026-10-27T12:00:00Z", "2026-10-25T01:30:00Z")] // both long past: the later
    public void Half_past_two_of_the_night_that_has_it_twice_is_the_later_one_that_can_have_been(string now, string meant)
    {
        clock.SetUtcNow(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        var batch = Parse("2026-10-25T02:30:00", 50).Batch;

        Assert.Equal(DateTimeOffset.Parse(meant, System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.FromUnixTimeMilliseconds(batch.UnixMilliseconds(0)));
    }

    [Fact]
    public async Task A_time_in_the_hour_that_is_skipped_is_placed_or_refused_as_any_other_and_ends_nothing()
    {
        clock.SetUtcNow(new(2026, 3, 29, 1, 5, 0, TimeSpan.Zero)); // 03:05 in Berlin
        clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        await using var engine = await RunningEngine.StartAsync(clock);

        var early = await FeedAsync(engine, "2026-03-29T02:30:00", 50); // an agent's clock that did not change: 03:30
        Assert.Equal("is 25 minutes ahead of this clock; at most 10 minutes are allowed (Engine:MaxAheadMinutes)", Assert.Single(early.Refused).Reason);

        Assert.Empty((await FeedAsync(engine, "2026-03-29T02:10:00", 50)).Refused);
        Assert.Empty((await FeedAsync(engine, "2026-03-29T03:04:00", 50)).Refused);
        Assert.Equal(2, engine.Feed.Counts.Records);
    }

    private async Task<IntakeReceipt> FeedAsync(RunningEngine engine, string time, int memory) =>
        await engine.Intake.SubmitAsync(Parse(time, memory).Batch, TestContext.Current.CancellationToken);

    private ParsedFeed Parse(string time, int memory) => new ReadingParser(new(new()), clock).Parse(Encoding.UTF8.GetBytes(
        FormattableString.Invariant($$"""{"records":[{"timestamp":"{{time}}","server_name":"web-01","mem_used_pct":{{memory}}}]}""")));
}
