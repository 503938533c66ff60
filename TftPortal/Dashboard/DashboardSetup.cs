namespace TftPortal.Dashboard;

internal static class DashboardSetup
{
    public static void AddDashboard(this WebApplicationBuilder builder)
    {
    }

    public static void MapDashboard(this WebApplication app)
    {
    }
}
