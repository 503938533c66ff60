using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using MudBlazor.Services;
using TftPortal.Access.SignIn;
using TftPortal.Dashboard.Admin;
using TftPortal.Dashboard.Alerts;
using TftPortal.Dashboard.Audit;
using TftPortal.Dashboard.Errors;
using TftPortal.Dashboard.Fleet;
using TftPortal.Dashboard.History;
using TftPortal.Dashboard.Server;
using TftPortal.Dashboard.Live;
using TftPortal.Dashboard.SignIn;
using TftPortal.Dashboard.State;

namespace TftPortal.Dashboard;

/// <summary>The pages, and what a browser needs to show them.</summary>
internal static class DashboardSetup
{
    public static void AddDashboard(this WebApplicationBuilder builder)
    {
        // Without it only Development finds the browser's files in a build's output; a published copy has no such manifest and is left alone.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(circuit =>
        {
            // A closed laptop keeps nothing for long: a page that comes back later is made anew from the latest picture.
            circuit.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(1);
            circuit.DisconnectedCircuitMaxRetained = 50;
        });
        builder.Services.AddMudServices();
        builder.Services.AddScoped<LiveOutlook>();
        builder.Services.AddScoped<CircuitHandler, PauseWhenUnseen>();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<VisitorPlace>();
        builder.Services.AddScoped<CircuitHandler, PlaceOfConnection>();
        builder.Services.AddScoped<ActingVisitor>();
        builder.Services.AddScoped<PageOrders>();
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusedPages>();
        builder.Services.AddSingleton<FeedInstructions>();
    }

    public static void MapDashboard(this WebApplication app)
    {
        app.UseWhen(AsksForAPage, pages => pages.UseExceptionHandler(failed => failed.Run(context => new RazorComponentResult<ErrorDocument>().ExecuteAsync(context))));
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            if (!AsksForAPage(context)) context.Features.GetRequiredFeature<IStatusCodePagesFeature>().Enabled = false;
            return next(context);
        });
        app.Use(SetupGate.PassAsync);
        app.UseSignIn();
        app.UseAntiforgery();
        app.MapStaticAssets();
        SetAsideDownload.Map(app);
        AuditDownload.Map(app);
        HistoryDownload.Map(app);
        ServerDownload.Map(app);
        SignOut.Map(app);
        OidcStart.Map(app);
        // Every page and the connection that it lives by, whether its author thought of it or not; those for everybody say so.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().Add(AskForViewer);
    }

    private static void AskForViewer(EndpointBuilder page)
    {
        if (!page.Metadata.Any(said => said is IAuthorizeData or IAllowAnonymous)) page.Metadata.Add(new AuthorizeAttribute(PortalRoles.Viewer));
    }

    /// <summary>A browser that navigates gets a page when something is wrong; every other client keeps its bare answer.</summary>
    public static bool AsksForAPage(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
