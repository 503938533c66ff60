using TftPortal.Access;
using TftPortal.Api;
using TftPortal.Dashboard;
using TftPortal.Demo;
using TftPortal.Engine;
using TftPortal.SelfMonitoring;
using TftPortal.Settings;

namespace TftPortal;

/// <summary>What the portal is made of.</summary>
internal static class Portal
{
    public static WebApplicationOptions Options(string[] args) => new()
    {
        Args = DemoSwitch.Expand(args),
        ContentRootPath = PortalFolders.FindRoot(AppContext.BaseDirectory), // and not the working directory, which is anybody's
        WebRootPath = "wwwroot",
    };

    public static void AddTftPortal(this WebApplicationBuilder builder)
    {
        builder.AddSettings();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddTftEngine(builder.Configuration);
        builder.AddAccess();
        builder.AddApi();
        builder.AddDashboard();
        builder.AddSelfMonitor();
        builder.AddDemo();
    }

    public static void UseTftPortal(this WebApplication app)
    {
        app.UseCorsAnswers();
        app.UseApiAnswers();
        app.UseKeyGate();
        app.MapApi();
        app.MapDashboard();
        app.CheckOptions();
        app.OpenModel();
        app.OpenState();
    }
}
