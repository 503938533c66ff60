namespace TftPortal.Benchmarks.Crash;

/// <summary>How often a portal is killed, and how.</summary>
internal sealed record CrashPlan
{
    /// <summary>The program, <c>TftPortal.dll</c>.</summary>
    public required string Program { get; init; }
    /// <summary>How often it is killed.</summary>
    public required int Kills { get; init; }
    /// <summary>Decides the moments; a run can be repeated as far as two processes can.</summary>
    public int Seed { get; init; } = 1;
    /// <summary>Batches under way at once.</summary>
    public int Senders { get; init; } = 4;
    /// <summary>Records a batch, each of another server.</summary>
    public int Records { get; init; } = 20;
    /// <summary>The longest time from the first acknowledgement to the kill.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMilliseconds(400);
}
