using System.ComponentModel.DataAnnotations;

namespace TftPortal.Engine.Backtest;

/// <summary>The settings <c>Backtest:*</c>: what trying a rule on the past may cost.</summary>
public sealed class BacktestOptions
{
    /// <summary>How many steps of servers one back-test may live through: servers times steps of the range.</summary>
    /// <value>From 1,000 to 100,000,000; 1,000,000 by default, some half an hour of one core.</value>
    [Range(1_000, 100_000_000)]
    public int MaxServerSteps { get; set; } = 1_000_000;

    /// <summary>How many servers one back-test may have: each takes some 0.2 MB of memory while it runs, for its week.</summary>
    /// <value>From 1 to 100,000; 1,000 by default.</value>
    [Range(1, 100_000)]
    public int MaxServers { get; set; } = 1_000;

    /// <summary>How many back-tests are remembered, the newest; none survives a restart.</summary>
    /// <value>From 1 to 100; 5 by default.</value>
    [Range(1, 100)]
    public int Kept { get; set; } = 5;
}
