using Microsoft.Extensions.Time.Testing;
using TftPortal.Engine.State;
using TftPortal.Tests.Builders;
using TftPortal.Tests.State;

namespace TftPortal.Tests.Loop;

/// <summary>The clock of the portal's own host is set: forwards, backwards.</summary>
public sealed class ClockJumpTests : IDisposable
{
    private static readonly DateTimeOffset Noon = AReading.Noon;
    private readonly AStateFolder folder = new();
    private readonly FakeTimeProvider clock = new(Noon);

    [Theory]
    [InlineData(3)]
    [InlineData(-3)]
    [InlineData(-200)] // further back than the window's memory
    public async Task A_clock_that_jumps_and_jumps_back_loses_nothing_and_forecasts_saves_and_restarts_go_on(int hours)
    {
        await using (var engine = await folder.EngineAsync(clock))
        {
            await engine.FeedAsync(AReading.From("web-01").WithMemory(50));
            await engine.PictureAsync(picture => picture.Counts.Records == 1);

            clock.AdjustTime(clock.GetUtcNow().AddHours(hours));
            var sequence = engine.Feed.Latest.Sequence;
            await engine.FeedAsync(AReading.From("web-02").At(clock.GetUtcNow()).WithMemory(50)); // a server whose clock is the portal's
            await engine.FeedAsync(AReading.From("web-01").At(Noon.AddMinutes(1)).WithMemory(51)); // and one whose clock is right
            await engine.PictureAsync(picture => picture.Sequence > sequence && picture.ByName.ContainsKey("web-02"));
            await engine.SaveAsync();
            if (hours < 0) await engine.UntilAsync(() => engine.Report().Clocks.Any(trouble => trouble.Server == "web-01" && trouble.Offset > TimeSpan.Zero));
            else await engine.UntilAsync(() => engine.Report().Clocks.Any(trouble => trouble.Server == "web-01" && trouble.Offset < TimeSpan.Zero));

            clock.AdjustTime(Noon.AddMinutes(30));
            await engine.FeedAsync(AReading.From("web-01").At(Noon.AddMinutes(30)).WithMemory(52));
            sequence = engine.Feed.Latest.Sequence;
            var picture = await engine.PictureAsync(picture => picture.Sequence > sequence && picture.ByName["web-01"].Server.LastSeen == Noon.AddMinutes(30));
            Assert.Equal(52, picture.ByName["web-01"].Server.Latest[(int)Engine.Fleet.Metric.MemUsedPercent]);
            await engine.SaveAsync();
        }

        await using var again = await folder.EngineAsync(clock);
        Assert.Contains("web-01", (await again.PictureAsync(picture => picture.Servers.Length > 0)).ByName.Keys);
        Assert.Equal(StateHealth.Good, again.Report().Health);
    }

    public void Dispose() => folder.Dispose();
}
