using TftPortal.Engine.Backtest;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;
using TftPortal.Tests.Builders;
using TftPortal.Tests.History;

namespace TftPortal.Tests.Backtest;

public sealed class PastStepsTests
{
    [Fact]
    public async Task Steps_come_from_the_history_and_from_the_window_what_the_history_has_not_and_each_once()
    {
        using var kept = new APast();
        kept.Restart();
        kept.Feed(Minutes(-60, -5).Select(minute => Reading("old-01", minute)));
        kept.Clock.Advance(TimeSpan.FromMinutes(5));
        kept.Write();
        kept.Clock.Advance(TimeSpan.FromDays(8)); // the window has forgotten it, the history has not
        const int Later = 8 * 1440;
        kept.Feed(Minutes(Later - 60, Later - 35).Select(minute => Reading("web-01", minute)));
        kept.Write();
        kept.Feed(Minutes(Later - 30, Later).Select(minute => Reading("web-01", minute))); // not written yet
        var past = new PastSteps(kept.Archive, new OutlookFeed(kept.Picture()));
        var (from, until) = (AWindow.Grid.StepOf(AReading.Noon.AddHours(-2)), AWindow.Grid.StepOf(AReading.Noon.AddMinutes(Later + 60)));

        var servers = await past.ServersAsync(from, until, TestContext.Current.CancellationToken);
        var steps = await past.ReadAsync(from, until, ["old-01", "web-01"], TestContext.Current.CancellationToken);

        Assert.Equal(["old-01", "web-01"], servers.Select(server => server.Name));
        Assert.Equal(
            [.. Minutes(-60, -5), .. Minutes(Later - 60, Later)],
            Enumerable.Range(0, steps.Count).Select(row => (int)Math.Round((steps.UnixMilliseconds(row) + 1 - AReading.Noon.ToUnixTimeMilliseconds()) / 60_000.0) - 5));
        Assert.Equal(Enumerable.Range(0, steps.Count).Select(row => steps.Server(row) == "old-01" ? 30f : 40f), Enumerable.Range(0, steps.Count).Select(row => MathF.Round(steps.Values(row)[(int)Metric.MemUsedPercent])));
    }

    private static IEnumerable<int> Minutes(int from, int until) => Enumerable.Range(0, ((until - from) / 5) + 1).Select(step => from + (5 * step));

    private static AReading Reading(string server, int minute) => AReading.From(server).At(AReading.Noon.AddMinutes(minute)).WithMemory(server == "old-01" ? 30 : 40);
}
