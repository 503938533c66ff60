namespace TftPortal.Dashboard.Live;

/// <summary>Where a page's browser runs, as its connection tells.</summary>
internal sealed class BrowserPlace
{
    /// <summary>
    /// Whether it runs on the portal's own machine, with nothing in between. Only then may it change what is on disk, until there are people to sign in.
    /// False before the page is connected.
    /// </summary>
    public bool IsOnThisMachine { get; set; }
}
