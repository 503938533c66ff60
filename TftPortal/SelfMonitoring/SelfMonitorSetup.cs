using TftPortal.Agent.Readings;

namespace TftPortal.SelfMonitoring;

internal static class SelfMonitorSetup
{
    public static void AddSelfMonitor(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SelfMonitorOptions>().Bind(builder.Configuration.GetSection("Agent")).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<HostReader>();
        builder.Services.AddHostedService<SelfMonitor>();
    }
}
