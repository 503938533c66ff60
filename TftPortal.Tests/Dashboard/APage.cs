using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Access.Audit;
using TftPortal.Access.Records;
using TftPortal.Access.SignIn;
using TftPortal.Dashboard.Alerts;
using TftPortal.Dashboard.Fleet;
using TftPortal.Dashboard.Live;
using TftPortal.Engine;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;
using TftPortal.Engine.Insight;
using TftPortal.Engine.Publishing;
using TftPortal.Engine.State;

namespace TftPortal.Tests.Dashboard;

/// <summary>A browser's page over a feed that the test publishes to.</summary>
internal sealed class APage : BunitContext
{
    // A machine that builds and trains beside the tests is slow, and that is no fault of a page.
    static APage() => DefaultWaitTimeout = TimeSpan.FromSeconds(20);

    private readonly SqliteConnection audit = new("Data Source=:memory:");

    public APage(FleetOutlook first, string? apiKey = null, StateKeeper? keeper = null, bool mayAll = true, ExplanationDesk? desk = null)
    {
        Feed = new OutlookFeed(first);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(Feed);
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(first.Time));
        Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Access:ApiKey", apiKey)]).Build());
        Services.AddSingleton<FeedInstructions>();
        Services.AddScoped<LiveOutlook>();
        Services.AddScoped<Visitor>();
        Services.AddScoped<VisitorPlace>();
        Services.AddScoped<ActingVisitor>();
        Services.AddScoped<PageOrders>();
        Services.AddSingleton<AuditTrail>();
        Services.AddSingleton<ActNotes>();
        Services.AddLogging();
        Services.AddDbContextFactory<SqliteRecords>(records => records.UseSqlite(audit));
        Services.AddSingleton<IDbContextFactory<PortalRecords>, RecordsFactory<SqliteRecords>>();
        audit.Open(); // it lives as long as this connection
        var visitor = this.AddAuthorization().SetAuthorized("a reader");
        if (mayAll) visitor.SetPolicies([.. PortalRoles.All, PortalRoles.StateKeeper]);
        else visitor.SetPolicies(PortalRoles.Viewer);
        if (keeper is not null) Services.AddSingleton(keeper);
        Services.AddOptions<EngineOptions>();
        Services.AddSingleton(new HistoryArchive(place: null, new(), first.Grid, new(), TimeProvider.System, NullLogger<HistoryArchive>.Instance));
        Browser.APortal.AddOwning(Services);
        if (desk is not null) Services.AddSingleton(desk);
        using (var records = Services.GetRequiredService<IDbContextFactory<PortalRecords>>().CreateDbContext()) records.Database.EnsureCreated();
        Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public OutlookFeed Feed { get; }

    /// <summary>What stands in the audit, each as actor, action and subject.</summary>
    public IEnumerable<string> Audited
    {
        get
        {
            using var records = Services.GetRequiredService<IDbContextFactory<PortalRecords>>().CreateDbContext();
            return [.. records.Audit.OrderBy(entry => entry.Number).Select(entry => $"{entry.Actor} {entry.Action} {entry.Subject}")];
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        audit.Dispose();
    }
}
