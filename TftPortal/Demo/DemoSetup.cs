namespace TftPortal.Demo;

internal static class DemoSetup
{
    public static void AddDemo(this WebApplicationBuilder builder)
    {
    }
}
