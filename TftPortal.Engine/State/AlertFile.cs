using System.Text.Json;
using System.Text.Json.Serialization;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.State;

/// <summary>The alerts that stand, on disk, with what people did with them, so that one keeps its identity over a restart; and the book of silences, maintenance and rules, in a file of its own, which changes seldom.</summary>
/// <param name="paths">Where; null where nothing is kept.</param>
/// <param name="clock">Dates what is put aside.</param>
internal sealed class AlertFile(StatePaths? paths, TimeProvider clock)
{
    private readonly KeptFile<AlertMemory> alerts = new(paths?.Alerts, AlertJsonForm.Default.AlertMemory, AlertMemory.Nothing, FaultOf, clock);
    private readonly KeptFile<AlertBook> book = new(paths?.AlertBook, AlertJsonForm.Default.AlertBook, AlertBook.Empty, FaultOf, clock);

    /// <summary>The alerts as they were last written; nothing where there is no file.</summary>
    /// <param name="damage">What is wrong with it and where it was put; null where nothing is.</param>
    public AlertMemory Read(out string? damage) => alerts.Read(out damage);

    /// <summary>The book as it was last written; an empty one where there is no file.</summary>
    /// <param name="damage">What is wrong with it and where it was put; null where nothing is.</param>
    public AlertBook ReadBook(out string? damage) => book.Read(out damage);

    /// <summary>Writes the alerts where they have changed; they are on disk when this returns.</summary>
    /// <exception cref="IOException">They can't be written; what was written before stands.</exception>
    public void Write(AlertMemory memory) => alerts.Write(memory);

    /// <summary>Writes the book where it has changed; it is on disk when this returns.</summary>
    /// <exception cref="IOException">It can't be written; what was written before stands.</exception>
    public void Write(AlertBook memory) => book.Write(memory);

    private static string? FaultOf(AlertMemory memory)
    {
        if (memory.Episodes.IsDefault || memory.Raises.IsDefault) return "parts are missing";
        if (memory.Episodes.Any(episode => episode?.Alert is null) || memory.Ended.Any(ended => ended?.Alert is null) || memory.Raises.Contains(null!) || memory.Incidents.Any(incident => incident is null || incident.Alerts.IsDefault || incident.Servers.IsDefault)) return "parts are missing";
        return memory.Episodes.DistinctBy(episode => (episode.Alert.Server, episode.Alert.Metric)).Count() != memory.Episodes.Length ? "an alert is in it twice" : null;
    }

    private static string? FaultOf(AlertBook read) =>
        read.Silences.Contains(null!) || read.Maintenance.Contains(null!) || read.Rules.Contains(null!) || read.Missed.Contains(null!) || read.Notes.Contains(null!) ? "parts are missing" : null;
}

[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(AlertMemory))]
[JsonSerializable(typeof(AlertBook))]
internal sealed partial class AlertJsonForm : JsonSerializerContext;
