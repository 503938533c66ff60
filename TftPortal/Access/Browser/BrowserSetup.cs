using Microsoft.AspNetCore.Components.Server;
using TftPortal.Settings;

namespace TftPortal.Access.Browser;

/// <summary>What the portal asks of browsers, and which pages may ask something of it.</summary>
internal static class BrowserSetup
{
    public static void AddBrowserSecurity(this WebApplicationBuilder builder)
    {
        SettingsCheck.Check<BrowserOptions>(builder.Configuration, "Browser");
        var services = builder.Services;
        services.AddOptions<BrowserOptions>().BindConfiguration("Browser");
        services.AddSingleton<ViolationReports>();
        // ASPNETCORE_DETAILEDERRORS would send stacks to every browser.
        if (!builder.Environment.IsDevelopment()) services.PostConfigure<CircuitOptions>(circuit => circuit.DetailedErrors = false);
    }

    /// <summary>Headers on every answer, and live connections for our own pages alone: before routing.</summary>
    public static void UseBrowserSecurity(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<LiveOrigins>();
        ViolationReports.Map(app);
    }
}
