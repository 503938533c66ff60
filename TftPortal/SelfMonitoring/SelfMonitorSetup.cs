using TftPortal.Agent.Readings;
using TftPortal.Settings;

namespace TftPortal.SelfMonitoring;

internal static class SelfMonitorSetup
{
    public static void AddSelfMonitor(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["Agent:Name"] is { Length: > 0 } name && !HostName.IsValid(name))
            SettingsCheck.Refuse(builder.Configuration, "Agent:Name", name, SelfMonitorOptions.AllowedName);

        builder.Services.AddOptions<SelfMonitorOptions>().Bind(builder.Configuration.GetSection("Agent")).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<HostReader>();
        builder.Services.AddHostedService<SelfMonitor>();
    }
}
