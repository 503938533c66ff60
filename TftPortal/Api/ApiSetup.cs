using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using TftPortal.Access;
using TftPortal.Api.Forecasts;
using TftPortal.Api.Owning;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Intake;
using TftPortal.Settings;
using TftPortal.Telemetry;

namespace TftPortal.Api;

/// <summary>The REST API.</summary>
internal static class ApiSetup
{
    // Writing the forecasts of a large fleet keeps a thread busy for a tenth of a second. The pool begins with one a core, and makes a further one only when it has seen requests wait.
    private const int FewestThreads = 16;

    public static void AddApi(this WebApplicationBuilder builder)
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, FewestThreads), ports);
        SettingsCheck.Check<FeedOptions>(builder.Configuration, "Feed");
        CheckPatterns(builder.Configuration);
        var services = builder.Services;
        services.AddOptions<FeedOptions>().BindConfiguration("Feed");
        services.AddOptions<IntakeOptions>().BindConfiguration("Intake");
        services.AddSingleton(of => new ProfileNaming(of.GetRequiredService<IOptions<IntakeOptions>>().Value));
        services.AddSingleton(of => MakeParser(of.GetRequiredService<ProfileNaming>(), of.GetRequiredService<TimeProvider>(), of.GetRequiredService<IOptions<FeedOptions>>().Value));
        services.AddSingleton<Feed>();
        services.AddSingleton<PredictionsBoard>();
        services.AddSingleton<Predictions>();
        services.AddSingleton<Keys>();
        services.AddSingleton<OrderAnswers>();
        services.AddSingleton<BacktestRoutes>();
        services.AddSingleton<Channels>();
        services.AddSingleton<ChannelRoutes>();
        services.AddSingleton<Deliveries>();
        services.AddSingleton<History>();
        services.AddSingleton<Explain>();
        services.AddSingleton<Evidence>();
        services.AddSingleton<Accuracy>();
        services.AddProblemDetails();
        services.AddApiDocument();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<FeedOptions>>((kestrel, feed) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = feed.Value.MaxBodyBytes;
        });
    }

    private static ReadingParser MakeParser(ProfileNaming profiles, TimeProvider clock, FeedOptions feed) => new(profiles, clock) { MaxRecords = feed.MaxRecords, MaxDepth = feed.MaxDepth };

    private static void CheckPatterns(ConfigurationManager configuration)
    {
        foreach (var entry in configuration.GetSection("Intake:ProfilePatterns").GetChildren())
        {
            if (!WireNames.TryParse(entry.Key, out ServerProfile _)) SettingsCheck.Refuse(configuration, entry.Path, entry.Value ?? "", $"nothing by that name; profiles are {string.Join(", ", WireNames.Profiles)}");
        }
    }

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];

    /// <summary>What every request may meet: faults of ours as problem+json, requests that nothing takes, and the root for programs.</summary>
    public static void UseApiAnswers(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = fault => fault is Microsoft.AspNetCore.Http.BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
            ExceptionHandler = http => Problems.FaultAsync(http),
        });
        app.Use(Problems.AnswerUnmatchedAsync);
        app.Use(Root.AnswerProgramsAsync);
    }

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("").WithMetadata(new ApiResource());
        Feed.Map(api);
        Predictions.Map(api);
        Alerts.Map(api);
        Incidents.Map(api);
        AlertActs.Map(api);
        Silences.Map(api);
        Maintenance.Map(api);
        Rules.Map(api);
        BacktestRoutes.Map(api);
        Health.Map(api);
        Status.Map(api);
        StateSaving.Map(api);
        Keys.Map(api);
        Limits.Map(api);
        Channels.Map(api);
        ChannelRoutes.Map(api);
        Deliveries.Map(api);
        History.Map(api);
        Explain.Map(api);
        Evidence.Map(api);
        Accuracy.Map(api);
        MetricsSetup.Map(api);
        api.MapOpenApi("/openapi/{documentName}.json");
        RefuseOtherMethods(api);
    }

    // Said by endpoints and not left to routing: the browser's files are served by a pattern that takes GET and HEAD of any path, so routing would look for a file first.
    private static void RefuseOtherMethods(IEndpointRouteBuilder api)
    {
        foreach (var (path, allowed) in (ReadOnlySpan<(string, string)>)
            [
                ("/feed/data", "POST"), ("/predictions/current", "GET"), ("/alerts/active", "GET"), ("/health", "GET"), ("/status", "GET"), (MetricsSetup.Path, "GET"), (StateSaving.Path, "POST"),
                ("/api/keys", "GET, POST"), (Limits.Path, "GET"), ("/api/keys/{id}", "DELETE"), ("/api/keys/{id}/rotate", "POST"), ("/api/keys/{id}/end-grace", "POST"),
                (Incidents.Path, "GET"), (Silences.Path, "GET, POST"), (Silences.Path + "/{id}", "DELETE"), (Maintenance.Path, "GET, POST"), (Maintenance.Path + "/{id}", "PUT, DELETE"),
                (Rules.Path, "GET, POST"), (Rules.Path + "/{id}", "PUT, DELETE"), (BacktestRoutes.Path, "GET, POST"), (BacktestRoutes.Path + "/{id}", "GET, DELETE"), .. AlertActs.Paths.Select(path => (path, "POST")),
                (Channels.Path, "GET, POST"), (Channels.Path + "/{id}", "PUT, DELETE"), (Channels.Path + "/{id}/test", "POST"), (ChannelRoutes.Path, "GET, POST"), (ChannelRoutes.Path + "/{id}", "PUT, DELETE"),
                (Deliveries.Path, "GET"), (Deliveries.Path + "/{number:long}", "DELETE"), (Deliveries.Path + "/{number:long}/retry", "POST"),
                ("/history/summary", "GET"), ("/history/alerts", "GET"), ("/history/environment", "GET"), ("/history/server/{name}", "GET"), ("/history/export/{table}", "GET"),
                (Explain.Path, "GET"), (Evidence.Path, "GET"), (Evidence.InputPath, "GET"), (Accuracy.Path, "GET"), (Accuracy.ServerPath, "GET"),
            ])
        {
            api.MapMethods(path, [.. Methods.Except(allowed.Split(", "))], http =>
            {
                http.Response.Headers.Allow = allowed;
                return JsonAnswer.WriteAsync(http, StatusCodes.Status405MethodNotAllowed, """{"detail":"Method Not Allowed"}""");
            }).ExcludeFromDescription();
        }
    }
}
