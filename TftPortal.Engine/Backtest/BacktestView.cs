namespace TftPortal.Engine.Backtest;

/// <summary>How far a back-test is.</summary>
public enum BacktestState
{
    /// <summary>It runs.</summary>
    Running,
    /// <summary>It has ended, and has a result.</summary>
    Done,
    /// <summary>Somebody ended it.</summary>
    Cancelled,
    /// <summary>It could not be done.</summary>
    Failed,
}

/// <summary>A back-test at a moment.</summary>
public sealed record BacktestView
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }
    /// <summary>What is tried.</summary>
    public required BacktestOrder Order { get; init; }
    /// <summary>Who wants it.</summary>
    public required string By { get; init; }
    /// <summary>How many servers.</summary>
    public required int Servers { get; init; }
    /// <summary>How many steps of them there are to live through.</summary>
    public required long ServerSteps { get; init; }
    /// <summary>How many it has; 0 while the week before is read, which the first forecast needs.</summary>
    public required long Done { get; init; }
    /// <summary>How far it is.</summary>
    public required BacktestState State { get; init; }
    /// <summary>Since when.</summary>
    public required DateTimeOffset StartedAt { get; init; }
    /// <summary>Until when; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    /// <summary>How much longer it takes at the rate so far; null before that can be said, and after its end.</summary>
    public TimeSpan? Left { get; init; }
    /// <summary>Why it failed; null where it did not.</summary>
    public string? Problem { get; init; }
    /// <summary>What it found; null before its end.</summary>
    public BacktestResult? Result { get; init; }
}
