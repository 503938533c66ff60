using System.ComponentModel.DataAnnotations;

namespace TftPortal.Engine.State;

/// <summary>The settings <c>State:*</c>: where the window is kept on disk, and how often it is saved.</summary>
public sealed class StateOptions
{
    /// <summary>The state file; <c>Data:PersistenceFile</c> and <c>PERSISTENCE_FILE</c> set it in the portal. The journal lies beside it, as <c>&lt;name&gt;.journal</c>.</summary>
    /// <value>Absolute, or in the working directory. Empty: nothing is kept on disk, for tests and tools.</value>
    public string File { get; set; } = "";

    /// <summary>The longest time between two saves, seconds; nothing is saved where nothing changed.</summary>
    /// <value>From 1 to 86,400; 300 by default.</value>
    [Range(1, 86_400)]
    public int SaveSeconds { get; set; } = 300;

    /// <summary>After how many new readings the state is saved before its time.</summary>
    /// <value>From 1 to 1,000,000,000; 1,000,000 by default, which is some 100 MB of journal.</value>
    [Range(1, 1_000_000_000)]
    public int SaveRecords { get; set; } = 1_000_000;
}
