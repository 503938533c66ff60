namespace TftPortal.SelfMonitoring;

internal static class SelfMonitorSetup
{
    public static void AddSelfMonitor(this WebApplicationBuilder builder)
    {
    }
}
