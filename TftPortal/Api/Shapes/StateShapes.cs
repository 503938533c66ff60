namespace TftPortal.Api.Shapes;

/// <summary>The process answers.</summary>
/// <param name="Status">"healthy".</param>
/// <param name="Service">"tft_inference_daemon", the name by which old clients know it.</param>
/// <param name="Running">True.</param>
internal sealed record HealthAnswer(string Status, string Service, bool Running);

/// <summary>How much is known, and how warm the model is.</summary>
internal sealed record StatusAnswer
{
    /// <summary>True.</summary>
    public bool Running { get; init; }
    /// <summary>Batches taken since the first start.</summary>
    public long TickCount { get; init; }
    /// <summary>Readings in the window.</summary>
    public int WindowSize { get; init; }
    /// <summary>How many servers the model can forecast.</summary>
    public required WarmupShape Warmup { get; init; }
    /// <summary>Servers in the window.</summary>
    public int ServersTracked { get; init; }
    /// <summary>Servers with enough steps for the model.</summary>
    public int ServersReady { get; init; }
    /// <summary>Version of the model in use.</summary>
    public required string ModelVersion { get; init; }
    /// <summary>Seconds since the latest picture; null before the first.</summary>
    public double? ForecastAgeSeconds { get; init; }
    /// <summary>The state on disk.</summary>
    public required StateShape State { get; init; }
    /// <summary>Servers whose clocks seem to be off, by name; at most 100.</summary>
    public required IReadOnlyList<ClockShape> Clocks { get; init; }
    /// <summary>Seconds that it took to make; null before the first.</summary>
    public double? ForecastSeconds { get; init; }
}

/// <summary>The state on disk.</summary>
internal sealed record StateShape
{
    /// <summary>good, repaired, save_failing, journal_only, disk_full or not_writable.</summary>
    public required string Health { get; init; }
    /// <summary>The same in a sentence; empty where there is nothing to say.</summary>
    public required string Message { get; init; }
    /// <summary>Whether a save runs.</summary>
    public bool Saving { get; init; }
    /// <summary>The generations of the state file, the newest first: two at most.</summary>
    public required IReadOnlyList<GenerationShape> Generations { get; init; }
    /// <summary>What the journal holds.</summary>
    public required JournalShape Journal { get; init; }
    /// <summary>What the last start read from the journal.</summary>
    public ReplayShape? Replay { get; init; }
    /// <summary>Files of another system that this start or an earlier one read or refused, the newest last.</summary>
    public required IReadOnlyList<MigrationShape> Migrations { get; init; }
    /// <summary>Damaged files that were put out of the way, the newest first.</summary>
    public required IReadOnlyList<SetAsideShape> SetAside { get; init; }
}

/// <summary>A generation of the state file.</summary>
/// <param name="File">Its name.</param>
/// <param name="Generation">Grows by one a save.</param>
/// <param name="Tick">Batches applied since the first start.</param>
/// <param name="Sequence">The journal's last batch that it holds.</param>
/// <param name="Servers">Servers in it.</param>
/// <param name="Records">Readings in it.</param>
/// <param name="Time">When the window was so, UTC.</param>
/// <param name="SizeBytes">Size of the file, bytes.</param>
/// <param name="DurationMs">How long writing it took, ms.</param>
/// <param name="Xxh128">XXH128 of the file.</param>
internal sealed record GenerationShape(string File, long Generation, long Tick, long Sequence, int Servers, long Records, DateTimeOffset Time, long SizeBytes, double DurationMs, string Xxh128);

/// <summary>What the journal holds.</summary>
/// <param name="Batches">Batches in it.</param>
/// <param name="SizeBytes">Bytes on disk.</param>
/// <param name="OldestSequence">Its oldest batch; 0 while it is empty.</param>
/// <param name="NewestSequence">Its newest batch; 0 before the first.</param>
internal sealed record JournalShape(long Batches, long SizeBytes, long OldestSequence, long NewestSequence);

/// <summary>What the last start read from the journal.</summary>
/// <param name="Batches">Batches applied again.</param>
/// <param name="Records">Readings in them.</param>
/// <param name="DamagedBatches">Batches left out.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="EndedBecause">In a sentence.</param>
internal sealed record ReplayShape(long Batches, long Records, long DamagedBatches, double Seconds, string EndedBecause);

/// <summary>A file of another system that was read into the window, or refused.</summary>
/// <param name="File">Its name.</param>
/// <param name="Kind">"pickle", "parquet 1.0" or "parquet 2.0".</param>
/// <param name="Time">When, UTC.</param>
/// <param name="Servers">Servers taken from it.</param>
/// <param name="Records">Readings taken from it.</param>
/// <param name="RefusedRecords">Records that were no valid readings.</param>
/// <param name="Refusal">Why it was not read as a whole; null where it was.</param>
/// <param name="Kept">Name under which it is kept for good, byte for byte; null for one that stays under its own name.</param>
internal sealed record MigrationShape(string File, string Kind, DateTimeOffset Time, int Servers, long Records, long RefusedRecords, string? Refusal, string? Kept);

/// <summary>A damaged file that was put out of the way.</summary>
/// <param name="File">Its name.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="SizeBytes">Size of the file, bytes.</param>
/// <param name="Reason">What was wrong, where this start put it aside.</param>
internal sealed record SetAsideShape(string File, DateTimeOffset Time, long SizeBytes, string? Reason);

/// <summary>A server whose clock seems to be off.</summary>
/// <param name="Server">Its name.</param>
/// <param name="OffsetSeconds">How far its newest reading was ahead of this clock; below zero it was behind.</param>
/// <param name="At">When that reading came in, UTC.</param>
/// <param name="RefusedReadings">How many of its readings were refused for their time since the start.</param>
internal sealed record ClockShape(string Server, double OffsetSeconds, DateTimeOffset At, long RefusedReadings);

/// <summary>How many servers the model can forecast.</summary>
internal sealed record WarmupShape
{
    /// <summary>Whether it can forecast all of them.</summary>
    public bool IsWarmedUp { get; init; }
    /// <summary>Ready servers of 100.</summary>
    public int ProgressPercent { get; init; }
    /// <summary>Observed steps that a server needs.</summary>
    public int Threshold { get; init; }
    /// <summary>Observed steps of the server that has the most.</summary>
    public int CurrentSize { get; init; }
    /// <summary>Threshold by its other name.</summary>
    public int RequiredSize { get; init; }
    /// <summary>In a sentence.</summary>
    public required string Message { get; init; }
}
