using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;
using TftPortal.Engine.Publishing;

namespace TftPortal.Engine.Backtest;

/// <summary>Tries rules on the past, one at a time, on a thread that gives way to all others. The newest are remembered until the program ends. Safe for several threads.</summary>
public sealed class Backtests : IDisposable
{
    private const double UsualRate = 1_000; // of ReplaySpan.Work a second, until one has run: `Benchmarks -- backtest`, one core
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly BacktestOptions options;
    private readonly BacktestCheck check;
    private readonly BacktestRunner runner;
    private readonly OutlookFeed feed;
    private readonly TimeProvider clock;
    private readonly ILogger<Backtests> logger;
    private readonly Lock door = new();
    private readonly List<BacktestJob> jobs = []; // the newest first
    private Thread? worker;
    private double rate = UsualRate;
    private bool isClosed;

    internal Backtests(BacktestOptions options, BacktestCheck check, BacktestRunner runner, OutlookFeed feed, TimeProvider clock, ILogger<Backtests> logger) =>
        (this.options, this.check, this.runner, this.feed, this.clock, this.logger) = (options, check, runner, feed, clock, logger);

    /// <summary>Those that are remembered, the newest first.</summary>
    public ImmutableArray<BacktestView> All
    {
        get
        {
            lock (door) return [.. jobs.Select(job => job.View)];
        }
    }

    /// <summary>One of them; null where it is not known, or not any more.</summary>
    public BacktestView? Find(Guid id)
    {
        lock (door) return jobs.Find(job => job.Id == id)?.View;
    }

    /// <summary>What a back-test would cost.</summary>
    /// <param name="order">The order.</param>
    /// <param name="stop">Ends the question.</param>
    /// <returns>The cost; null where there are faults.</returns>
    /// <exception cref="HistoryUnavailableException">The past can't be read.</exception>
    public async Task<(BacktestCost? Cost, ImmutableArray<Alerts.OrderFault> Faults)> PriceAsync(BacktestOrder order, CancellationToken stop)
    {
        var (found, faults) = await check.JudgeAsync(order, feed.Latest.Book.Rules, stop);
        return (found is null ? null : new(found.Span.Servers.Length, found.Span.ServerSteps, TimeSpan.FromSeconds(found.Span.Work / Volatile.Read(ref rate))), faults);
    }

    /// <summary>Begins a back-test, where none runs.</summary>
    /// <param name="order">The order.</param>
    /// <param name="by">Who wants it.</param>
    /// <param name="stop">Ends the question, not the back-test.</param>
    /// <exception cref="HistoryUnavailableException">The past can't be read.</exception>
    public async Task<BacktestAnswer> StartAsync(BacktestOrder order, string by, CancellationToken stop)
    {
        if (Running() is { } busy) return new(null, [], busy);
        var (found, faults) = await check.JudgeAsync(order, feed.Latest.Book.Rules, stop);
        if (found is null) return new(null, faults);
        lock (door)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            if (jobs.Find(one => one.IsRunning) is { } other) return new(null, [], other.View);
            var job = new BacktestJob(found, by, clock);
            jobs.Insert(0, job);
            while (jobs.Count > options.Kept)
            {
                jobs[^1].Dispose();
                jobs.RemoveAt(jobs.Count - 1);
            }

            worker = QuietThread.Start("tft-backtest", () => Do(job));
            return new(job.View, []);
        }
    }

    /// <summary>Has one end; it does within a second.</summary>
    /// <returns>As it was before; null where it is not known.</returns>
    public BacktestView? Cancel(Guid id)
    {
        lock (door)
        {
            if (jobs.Find(job => job.Id == id) is not { } found) return null;
            var before = found.View;
            if (found.IsRunning) found.Cancel();
            return before;
        }
    }

    /// <summary>Ends what runs, and waits for it.</summary>
    public void Dispose()
    {
        lock (door)
        {
            if (isClosed) return;
            isClosed = true;
            foreach (var job in jobs.Where(job => job.IsRunning)) job.Cancel();
        }

        worker?.Join(Farewell);
    }

    private BacktestView? Running()
    {
        lock (door) return jobs.Find(job => job.IsRunning)?.View;
    }

    private void Do(BacktestJob job)
    {
        try
        {
            var result = runner.Run(job.Case, job.Judged, job.Stop);
            if (job.Rate is { } measured) Volatile.Write(ref rate, measured * job.Case.Span.Work / job.Case.Span.ServerSteps);
            job.End(BacktestState.Done, result);
        }
        catch (OperationCanceledException) when (job.Stop.IsCancellationRequested)
        {
            job.End(BacktestState.Cancelled);
        }
        catch (Exception fault) // whatever it is: it is told to whoever asks, and ends nothing else
        {
            if (fault is not HistoryUnavailableException) Log.BacktestFailed(logger, fault, job.Id);
            job.End(BacktestState.Failed, problem: fault is HistoryUnavailableException ? fault.Message : $"{fault.Message.TrimEnd('.')}. The portal's log says more.");
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(50, LogLevel.Error, "The back-test {Id} failed. Nothing else is touched by it; please report this with the stack below.")]
    public static partial void BacktestFailed(ILogger logger, Exception fault, Guid id);
}
