namespace TftPortal.Dashboard.Fleet;

/// <summary>Where a server's page is.</summary>
public static class ServerLink
{
    /// <summary>The address of a server's page, relative to the portal's base.</summary>
    public static string To(string server) => "servers/" + Uri.EscapeDataString(server);
}
