using System.Text.Json;
using TftPortal.Engine.State;

namespace TftPortal.Api;

/// <summary>The state on disk as <c>/status</c> and <c>POST /admin/state/save</c> say it.</summary>
internal static class StateJson
{
    /// <summary>Writes the fields <c>state</c> and <c>clocks</c>.</summary>
    public static void Write(Utf8JsonWriter json, StateReport report)
    {
        json.WriteStartObject("state");
        json.WriteString("health", NameOf(report.Health));
        json.WriteString("message", report.Message);
        json.WriteBoolean("saving", report.IsSaving);
        json.WriteStartArray("generations");
        foreach (var generation in report.Generations) Write(json, generation);
        json.WriteEndArray();
        WriteJournal(json, report.Journal);
        if (report.Replay is { } replay) WriteReplay(json, replay);
        else json.WriteNull("replay");
        json.WriteStartArray("migrations");
        foreach (var migration in report.Migrations) Write(json, migration);
        json.WriteEndArray();
        json.WriteStartArray("set_aside");
        foreach (var file in report.SetAside) Write(json, file);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("clocks");
        foreach (var clock in report.Clocks) Write(json, clock);
        json.WriteEndArray();
    }

    /// <summary>Writes a generation.</summary>
    public static void Write(Utf8JsonWriter json, SavedGeneration generation)
    {
        json.WriteStartObject();
        json.WriteString("file", generation.File);
        json.WriteNumber("generation", generation.Number);
        json.WriteNumber("tick", generation.Tick);
        json.WriteNumber("sequence", generation.Sequence);
        json.WriteNumber("servers", generation.Servers);
        json.WriteNumber("records", generation.Records);
        json.WriteString("time", Timestamps.Text(generation.Time));
        json.WriteNumber("size_bytes", generation.SizeBytes);
        json.WriteNumber("duration_ms", Math.Round(generation.Duration.TotalMilliseconds, 1));
        json.WriteString("xxh128", generation.Hash);
        json.WriteEndObject();
    }

    private static void WriteJournal(Utf8JsonWriter json, JournalFigures journal)
    {
        json.WriteStartObject("journal");
        json.WriteNumber("batches", journal.Batches);
        json.WriteNumber("size_bytes", journal.SizeBytes);
        json.WriteNumber("oldest_sequence", journal.OldestSequence);
        json.WriteNumber("newest_sequence", journal.NewestSequence);
        json.WriteEndObject();
    }

    private static void WriteReplay(Utf8JsonWriter json, ReplayOutcome replay)
    {
        json.WriteStartObject("replay");
        json.WriteNumber("batches", replay.Batches);
        json.WriteNumber("records", replay.Records);
        json.WriteNumber("damaged_batches", replay.DamagedBatches);
        json.WriteNumber("seconds", Math.Round(replay.Duration.TotalSeconds, 3));
        json.WriteString("ended_because", replay.EndedBecause);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, StateMigration migration)
    {
        json.WriteStartObject();
        json.WriteString("file", migration.File);
        json.WriteString("kind", migration.Kind);
        json.WriteString("time", Timestamps.Text(migration.Time));
        json.WriteNumber("servers", migration.Servers);
        json.WriteNumber("records", migration.Records);
        json.WriteNumber("refused_records", migration.RefusedRecords);
        json.WriteString("refusal", migration.Refusal);
        json.WriteString("kept", migration.Kept);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SetAsideFile file)
    {
        json.WriteStartObject();
        json.WriteString("file", file.File);
        json.WriteString("time", Timestamps.Text(file.Time));
        json.WriteNumber("size_bytes", file.SizeBytes);
        json.WriteString("reason", file.Reason);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ClockTrouble clock)
    {
        json.WriteStartObject();
        json.WriteString("server", clock.Server);
        json.WriteNumber("offset_seconds", Math.Round(clock.Offset.TotalSeconds, 1));
        json.WriteString("at", Timestamps.Text(clock.At));
        json.WriteNumber("refused_readings", clock.Refused);
        json.WriteEndObject();
    }

    private static string NameOf(StateHealth health) => health switch
    {
        StateHealth.Good => "good",
        StateHealth.Repaired => "repaired",
        StateHealth.SaveFailing => "save_failing",
        StateHealth.JournalOnly => "journal_only",
        StateHealth.DiskFull => "disk_full",
        _ => "not_writable",
    };
}
