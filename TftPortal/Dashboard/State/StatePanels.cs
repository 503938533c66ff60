namespace TftPortal.Dashboard.State;

/// <summary>Words that several panels share.</summary>
internal static class StatePanels
{
    /// <summary>Why a button does nothing in this browser.</summary>
    public const string OnlyHere = "Open only to a browser on the portal's own machine, without a proxy in between";
}
