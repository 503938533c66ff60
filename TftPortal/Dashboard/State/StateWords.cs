using TftPortal.Engine.Fleet;
using TftPortal.Engine.State;

namespace TftPortal.Dashboard.State;

/// <summary>What a person calls the health of the state on disk.</summary>
public static class StateWords
{
    /// <summary>How bad it is, in the levels that the fleet is judged by.</summary>
    public static RiskLevel Level(StateHealth health) => health switch
    {
        StateHealth.Good => RiskLevel.Healthy,
        StateHealth.Repaired or StateHealth.SaveFailing => RiskLevel.Warning,
        _ => RiskLevel.Critical,
    };

    /// <summary>In a word or two.</summary>
    public static string Word(StateHealth health) => health switch
    {
        StateHealth.Good => "Good",
        StateHealth.Repaired => "Repaired",
        StateHealth.SaveFailing => "Not saved",
        StateHealth.JournalOnly => "Journal only",
        StateHealth.DiskFull => "Disk full",
        _ => "Not writable",
    };

    /// <summary>What it means for the readings, in a sentence.</summary>
    public static string Headline(StateHealth health) => health switch
    {
        StateHealth.Good => "Nothing to do.",
        StateHealth.Repaired => "Repaired.",
        StateHealth.SaveFailing => "The state file can't be written.",
        StateHealth.JournalOnly => "Readings from before the journal may be gone.",
        StateHealth.DiskFull => "The disk is full: readings are refused.",
        _ => "The journal can't be written: readings are refused.",
    };

    /// <summary>What follows the headline where the engine has nothing to add.</summary>
    public static string Otherwise(StateHealth health) => health switch
    {
        StateHealth.Good => "Every reading that was accepted is on disk.",
        StateHealth.SaveFailing => "The journal holds every reading that was accepted, and saving is tried again.",
        StateHealth.DiskFull or StateHealth.NotWritable => "Forecasts of what is in memory go on, and it is tried again by itself.",
        _ => "",
    };
}
