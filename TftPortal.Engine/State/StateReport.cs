using System.Collections.Immutable;

namespace TftPortal.Engine.State;

/// <summary>How safe the readings are, from good to worst.</summary>
public enum StateHealth
{
    /// <summary>Everything acknowledged is in the journal, and the state file can be written.</summary>
    Good,
    /// <summary>At this start, or for the journal since, something damaged was set aside and the state is whole all the same, or a foreign file was refused; <see cref="StateReport.Message"/> says which.</summary>
    Repaired,
    /// <summary>The state file can't be written just now; the journal holds everything, and saving is tried again.</summary>
    SaveFailing,
    /// <summary>At this start no generation could be read: the state is what the journal alone held. Readings from before it may be gone.</summary>
    JournalOnly,
    /// <summary>The disk is full: readings are refused with 503 until space returns, forecasts of what is in memory go on.</summary>
    DiskFull,
    /// <summary>The journal can't be written for another reason: readings are refused with 503 and it is tried again.</summary>
    NotWritable,
}

/// <summary>One generation of the state file.</summary>
/// <param name="File">Name of the file, without its folder.</param>
/// <param name="Number">Grows by one a save.</param>
/// <param name="Tick">Batches applied since the first start, when it was saved.</param>
/// <param name="Sequence">The journal's last batch that it holds; a start goes on after it.</param>
/// <param name="Servers">Servers in it.</param>
/// <param name="Records">Readings in it.</param>
/// <param name="Time">When the window was as it is in the file.</param>
/// <param name="SizeBytes">Size of the file, bytes.</param>
/// <param name="Duration">How long writing it took, on a background thread.</param>
/// <param name="Hash">XXH128 of the file, 32 hexadecimal digits.</param>
public sealed record SavedGeneration(
    string File, long Number, long Tick, long Sequence, int Servers, long Records, DateTimeOffset Time, long SizeBytes, TimeSpan Duration, string Hash);

/// <summary>What the journal holds.</summary>
/// <param name="Batches">Batches in it.</param>
/// <param name="SizeBytes">Size of its database, bytes.</param>
/// <param name="OldestSequence">Its oldest batch; 0 while it is empty.</param>
/// <param name="NewestSequence">Its newest batch; 0 before the first.</param>
public sealed record JournalFigures(long Batches, long SizeBytes, long OldestSequence, long NewestSequence)
{
    /// <summary>An empty journal.</summary>
    public static JournalFigures Empty { get; } = new(0, 0, 0, 0);
}

/// <summary>What the last start read from the journal.</summary>
/// <param name="Batches">Batches applied again.</param>
/// <param name="Records">Readings in them.</param>
/// <param name="DamagedBatches">Batches that were damaged and left out.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="EndedBecause">In a sentence: the end of the journal, or what was damaged and where.</param>
public sealed record ReplayOutcome(long Batches, long Records, long DamagedBatches, TimeSpan Duration, string EndedBecause);

/// <summary>A file of another system that was read into the window, or refused.</summary>
/// <param name="File">Name of the file, without its folder.</param>
/// <param name="Kind">"pickle", "parquet 1.0" (the old daemon's), or "parquet 2.0" (ours, from elsewhere).</param>
/// <param name="Time">When.</param>
/// <param name="Servers">Servers taken from it.</param>
/// <param name="Records">Readings taken from it.</param>
/// <param name="RefusedRecords">Records that were not valid readings.</param>
/// <param name="Refusal">Why the file as a whole was not read; null where it was.</param>
/// <param name="Kept">Name under which the file is kept for good, byte for byte; null for one that stays under its own name.</param>
public sealed record StateMigration(string File, string Kind, DateTimeOffset Time, int Servers, long Records, long RefusedRecords, string? Refusal, string? Kept = null);

/// <summary>A damaged file that was put out of the way.</summary>
/// <param name="File">Name of the file, without its folder: what <see cref="StateKeeper"/> takes.</param>
/// <param name="Time">When it was put aside.</param>
/// <param name="SizeBytes">Size of the file, bytes.</param>
/// <param name="Reason">What was wrong, where this start put it aside; null where an earlier one did.</param>
public sealed record SetAsideFile(string File, DateTimeOffset Time, long SizeBytes, string? Reason);

/// <summary>A server whose clock seems to be off: its readings were refused for their time.</summary>
/// <param name="Server">Name of the server.</param>
/// <param name="Offset">How far its newest reading was ahead of this clock; below zero it was behind.</param>
/// <param name="At">When that reading came in.</param>
/// <param name="Refused">How many of its readings were refused for their time since the start.</param>
public sealed record ClockTrouble(string Server, TimeSpan Offset, DateTimeOffset At, long Refused);

/// <summary>How the state on disk is: one immutable picture for <c>/status</c> and the page <c>/system</c>.</summary>
public sealed record StateReport
{
    /// <summary>How safe the readings are.</summary>
    public required StateHealth Health { get; init; }
    /// <summary>The health in a sentence, for an operator; empty where there is nothing to say.</summary>
    public required string Message { get; init; }
    /// <summary>The generations kept, the newest first: two at most.</summary>
    public required ImmutableArray<SavedGeneration> Generations { get; init; }
    /// <summary>What the journal holds now.</summary>
    public required JournalFigures Journal { get; init; }
    /// <summary>What the last start read from the journal; null where the engine has not started.</summary>
    public required ReplayOutcome? Replay { get; init; }
    /// <summary>Files of another system that this start or an earlier one read or refused, the newest last.</summary>
    public required ImmutableArray<StateMigration> Migrations { get; init; }
    /// <summary>Damaged files that were put out of the way, the newest first.</summary>
    public required ImmutableArray<SetAsideFile> SetAside { get; init; }
    /// <summary>Servers whose clocks seem to be off, by name; at most 100.</summary>
    public required ImmutableArray<ClockTrouble> Clocks { get; init; }

    /// <summary>Whether a save runs.</summary>
    public bool IsSaving { get; init; }

    /// <summary>Nothing saved, nothing read.</summary>
    public static StateReport Nothing { get; } = new()
    {
        Health = StateHealth.Good,
        Message = "",
        Generations = [],
        Journal = JournalFigures.Empty,
        Replay = null,
        Migrations = [],
        SetAside = [],
        Clocks = [],
    };
}
