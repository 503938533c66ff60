using Microsoft.AspNetCore.Routing;
using OpenTelemetry.Metrics;
using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Notifications.Delivery;

namespace TftPortal.Telemetry;

/// <summary><c>GET /metrics</c>: what the portal measures of itself, in the text format of Prometheus (0.0.4, or OpenMetrics where a scraper asks for it).</summary>
internal static class MetricsSetup
{
    /// <summary>Where it is.</summary>
    public const string Path = "/metrics";

    public static void AddMetrics(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RefusalMeter>();
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter("TftPortal.Engine", RefusalMeter.Name, DeliveryMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddPrometheusExporter(exporter =>
            {
                // Labels that say the same of every line.
                exporter.ScopeInfoEnabled = false;
                exporter.TargetInfoEnabled = false;
            }));
    }

    /// <summary>Counts refusals: outermost, so that it sees every answer.</summary>
    public static void UseRefusalMeter(this WebApplication app)
    {
        var meter = app.Services.GetRequiredService<RefusalMeter>();
        app.Lifetime.ApplicationStarted.Register(meter.Begin); // the exporter listens by then
        app.Use(async (http, next) =>
        {
            await next(http);
            meter.Answered(http);
        });
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPrometheusScrapingEndpoint(Path).RequireKey(ApiScopes.Read).WithMetadata(new HttpMethodMetadata(["GET"]));
}
