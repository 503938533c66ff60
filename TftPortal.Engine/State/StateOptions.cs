using System.ComponentModel.DataAnnotations;

namespace TftPortal.Engine.State;

/// <summary>The settings <c>State:*</c>: how often the window is saved.</summary>
public sealed class StateOptions
{
    /// <summary>The longest time between two saves, seconds; nothing is saved where nothing changed.</summary>
    /// <value>From 1 to 86,400; 300 by default.</value>
    [Range(1, 86_400)]
    public int SaveSeconds { get; set; } = 300;

    /// <summary>After how many new readings the state is saved before its time.</summary>
    /// <value>From 1 to 1,000,000,000; 1,000,000 by default, which is some 100 MB of journal.</value>
    [Range(1, 1_000_000_000)]
    public int SaveRecords { get; set; } = 1_000_000;
}

/// <summary>Where the window is kept on disk; registered by whoever wants that. The journal and the previous generation lie beside the file, under names that begin with its.</summary>
/// <param name="File">The state file, absolute: in the portal <c>Data:PersistenceFile</c>.</param>
public sealed record StatePlace(string File);
