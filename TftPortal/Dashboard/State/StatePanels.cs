namespace TftPortal.Dashboard.State;

/// <summary>Words that several panels share.</summary>
internal static class StatePanels
{
    /// <summary>Why a button does nothing for this visitor.</summary>
    public const string OnlyKeepers = "This needs the role Admin";
}
