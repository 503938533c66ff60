using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using TftPortal.Access;
using TftPortal.Api.Forecasts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Intake;
using TftPortal.Settings;

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
        services.AddSingleton<ReadingParser>();
        services.AddSingleton<Feed>();
        services.AddSingleton<PredictionsBoard>();
        services.AddSingleton<Predictions>();
        services.AddProblemDetails();
        services.AddApiDocument();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<FeedOptions>>((kestrel, feed) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = feed.Value.MaxBodyBytes;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
    }

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
        Health.Map(api);
        Status.Map(api);
        StateSaving.Map(api);
        api.MapOpenApi("/openapi/{documentName}.json");
        RefuseOtherMethods(api);
    }

    // Said by endpoints and not left to routing: the browser's files are served by a pattern that takes GET and HEAD of any path, so routing would look for a file first.
    private static void RefuseOtherMethods(IEndpointRouteBuilder api)
    {
        foreach (var (path, allowed) in (ReadOnlySpan<(string, string)>)
            [("/feed/data", "POST"), ("/predictions/current", "GET"), ("/alerts/active", "GET"), ("/health", "GET"), ("/status", "GET"), (StateSaving.Path, "POST")])
        {
            api.MapMethods(path, [.. Methods.Where(method => method != allowed)], http =>
            {
                http.Response.Headers.Allow = allowed;
                return JsonAnswer.WriteAsync(http, StatusCodes.Status405MethodNotAllowed, """{"detail":"Method Not Allowed"}""");
            }).ExcludeFromDescription();
        }
    }
}
