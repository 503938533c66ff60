namespace TftPortal.Access;

internal static class AccessSetup
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
    }

    public static void UseAccess(this WebApplication app)
    {
    }
}
