namespace TftPortal.Access;

/// <summary>Where other dashboards connect.</summary>
internal static class HubPaths
{
    /// <summary>Every hub.</summary>
    public const string All = "/hubs";

    /// <summary>Forecasts, risks and alerts.</summary>
    public const string Predictions = "/hubs/predictions";
}
