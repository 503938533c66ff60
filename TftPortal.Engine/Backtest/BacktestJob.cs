namespace TftPortal.Engine.Backtest;

/// <summary>A back-test from its order to its end. Read by anybody, written by the one thread that does it.</summary>
internal sealed class BacktestJob(BacktestCase of, string by, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(500); // before that its rate says nothing

    private readonly CancellationTokenSource ending = new();
    private readonly DateTimeOffset startedAt = clock.GetUtcNow();
    private long done, judgingSince;
    private BacktestEnd? end;

    /// <summary>What is done.</summary>
    public BacktestCase Case => of;

    /// <summary>Its id.</summary>
    public Guid Id { get; } = Guid.CreateVersion7(clock.GetUtcNow());

    /// <summary>Whether it is being done.</summary>
    public bool IsRunning => Volatile.Read(ref end) is null;

    /// <summary>Cancelled when it must end.</summary>
    public CancellationToken Stop => ending.Token;

    /// <summary>How many server-steps it does a second; null before that can be said.</summary>
    public double? Rate => Volatile.Read(ref judgingSince) is > 0 and var since && clock.GetElapsedTime(since) is var spent && spent >= Settled && Volatile.Read(ref done) is > 0 and var steps ? steps / spent.TotalSeconds : null;

    /// <summary>As it is now.</summary>
    public BacktestView View
    {
        get
        {
            var ended = Volatile.Read(ref end);
            var steps = Volatile.Read(ref done);
            return new()
            {
                Id = Id,
                Order = of.Order,
                By = by,
                Servers = of.Span.Servers.Length,
                ServerSteps = of.Span.ServerSteps,
                Done = steps,
                State = ended?.State ?? BacktestState.Running,
                StartedAt = startedAt,
                EndedAt = ended?.At,
                Left = ended is null && Rate is { } rate ? TimeSpan.FromSeconds((of.Span.ServerSteps - steps) / rate) : null,
                Problem = ended?.Problem,
                Result = ended?.Result,
            };
        }
    }

    /// <summary>Has it end.</summary>
    public void Cancel() => ending.Cancel();

    /// <summary>Some more server-steps are done.</summary>
    public void Judged(int steps)
    {
        if (judgingSince == 0) Volatile.Write(ref judgingSince, clock.GetTimestamp()); // from the first on: the week before is read faster
        else Volatile.Write(ref done, done + steps);
    }

    /// <summary>It is over.</summary>
    public void End(BacktestState state, BacktestResult? result = null, string? problem = null)
    {
        if (state == BacktestState.Done) Volatile.Write(ref done, of.Span.ServerSteps);
        Volatile.Write(ref end, new(state, clock.GetUtcNow(), result, problem));
    }

    /// <inheritdoc/>
    public void Dispose() => ending.Dispose();

    private sealed record BacktestEnd(BacktestState State, DateTimeOffset At, BacktestResult? Result, string? Problem);
}
