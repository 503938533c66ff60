using TftPortal.Access;
using TftPortal.Access.Browser;
using TftPortal.Access.Limits;
using TftPortal.Access.Proxies;
using TftPortal.Api;
using TftPortal.Dashboard;
using TftPortal.Demo;
using TftPortal.Engine;
using TftPortal.Hubs;
using TftPortal.Owning;
using TftPortal.Notifications;
using TftPortal.SelfMonitoring;
using TftPortal.Settings;
using TftPortal.Telemetry;

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
        builder.Services.AddSystemdNotice();
        builder.Services.AddTftEngine(builder.Configuration);
        builder.AddAccess();
        builder.Services.AddSingleton<AuditedOrders>();
        builder.Services.AddSingleton<AuditedBacktests>();
        builder.AddApi();
        builder.AddMetrics();
        builder.AddNotifications();
        builder.AddHubs();
        builder.AddDashboard();
        builder.AddSelfMonitor();
        builder.AddDemo();
    }

    public static void UseTftPortal(this WebApplication app)
    {
        app.CheckOptions();
        // The keys' database and the engine know nothing of each other, and each takes half of the start.
        var keys = Task.Run(app.OpenKeys);
        try
        {
            app.OpenModel();
            app.OpenState();
        }
        catch
        {
            ((IAsyncResult)keys).AsyncWaitHandle.WaitOne(); // before whoever ends this process: the database is closed in peace; of two faults the engine's is told
            throw;
        }

        keys.GetAwaiter().GetResult();
        app.UseRefusalMeter();
        app.UseProxies();
        app.UseBrowserSecurity();
        app.UseLiveLimit();
        app.UseCorsAnswers();
        app.UseRouting(); // said here, or ASP.NET Core routes before all of the above
        app.UseApiAnswers();
        app.UseKeyGate();
        app.MapApi();
        app.MapHubs();
        app.MapDashboard();
    }
}
