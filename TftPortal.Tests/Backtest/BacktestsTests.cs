using Microsoft.Extensions.Logging.Abstractions;
using TftPortal.Engine.Backtest;
using TftPortal.Engine.Forecasting;
using TftPortal.Engine.Publishing;
using TftPortal.Engine.Risk;
using TftPortal.Tests.Access;
using TftPortal.Tests.Builders;
using TftPortal.Tests.History;

namespace TftPortal.Tests.Backtest;

/// <summary>Back-tests as they are begun, end, and are remembered.</summary>
public sealed class BacktestsTests : IDisposable
{
    private readonly APast past = new();

    public BacktestsTests()
    {
        past.Feed(Enumerable.Range(1, 48).Select(step => AReading.From("web-01").At(AReading.Noon.AddMinutes(-5 * step)).WithMemory(40)));
        past.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Of_many_that_are_wanted_at_once_one_begins_and_the_others_are_told_which()
    {
        using var backtests = Make(() => null);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => StartAsync(backtests))));

        // One that has ended meanwhile lets the next begin: at no time were there two.
        var begun = answers.Where(answer => answer.Started is not null).Select(answer => answer.Started!.Id).ToHashSet();
        Assert.NotEmpty(begun);
        Assert.All(answers, answer => Assert.True(answer.Started is not null || begun.Contains(answer.Running!.Id)));
    }

    [Fact]
    public async Task One_whose_model_cannot_be_opened_has_failed_and_says_why()
    {
        using var backtests = Make(() => throw new InvalidDataException("model.onnx is not a model of this contract."));

        var failed = await EndOfAsync(backtests, (await StartAsync(backtests)).Started!.Id);

        Assert.Equal((BacktestState.Failed, "model.onnx is not a model of this contract. The portal's log says more."), (failed.State, failed.Problem));
    }

    [Fact]
    public async Task The_newest_few_are_remembered_and_the_next_one_is_priced_by_how_fast_the_last_was()
    {
        using var backtests = Make(() => null, kept: 2);
        List<Guid> begun = [];
        for (var number = 0; number < 3; number++) begun.Add((await EndOfAsync(backtests, (await StartAsync(backtests)).Started!.Id)).Id);

        Assert.Equal([begun[2], begun[1]], backtests.All.Select(view => view.Id));
        Assert.Null(backtests.Find(begun[0]));
        Assert.Null(backtests.Cancel(begun[0]));
        var (cost, faults) = await backtests.PriceAsync(Order, TestContext.Current.CancellationToken);
        Assert.Empty(faults);
        Assert.Equal((1, 24 + 12), (cost!.Servers, (int)cost.ServerSteps));
    }

    public void Dispose() => past.Dispose();

    private static BacktestOrder Order => new() { Rule = ATrial.Memory, Range = new(AReading.Noon.AddHours(-2), AReading.Noon) };

    private static Task<BacktestAnswer> StartAsync(Backtests backtests) => backtests.StartAsync(Order, "a test", TestContext.Current.CancellationToken);

    private static async Task<BacktestView> EndOfAsync(Backtests backtests, Guid id)
    {
        await KeyedPortal.EventuallyAsync(() => Task.FromResult(backtests.Find(id)!.State != BacktestState.Running));
        return backtests.Find(id)!;
    }

    private Backtests Make(Func<OnnxForecaster?> open, int kept = 5)
    {
        var feed = new OutlookFeed(past.Picture());
        var steps = new PastSteps(past.Archive, feed);
        var options = new BacktestOptions { Kept = kept };
        return new(
            options, new(options, new Watchlist(new ThresholdOptions()), steps, AWindow.Grid, past.Clock),
            new(steps, new() { Grid = AWindow.Grid }, new(AWindow.Grid, TimeSpan.FromSeconds(30)), new(), open, past.Clock), feed, past.Clock, NullLogger<Backtests>.Instance);
    }
}
