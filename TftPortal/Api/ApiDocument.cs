using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using TftPortal.Access;

namespace TftPortal.Api;

/// <summary>The OpenAPI document, at <c>/openapi/v1.json</c>.</summary>
internal static class ApiDocument
{
    private const string Scheme = "ApiKey";

    public static void AddApiDocument(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict; // numbers are numbers, not text that looks like one
        });
        services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "TftPortal";
                document.Info.Description = "Readings of servers in, forecasts of their next 8 hours out. Unmodified clients of the TFT Inference Daemon work here.";
                document.Servers?.Clear(); // wherever it was fetched from
                document.Components ??= new();
                document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
                document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey,
                    In = ParameterLocation.Header,
                    Name = KeyGate.Header,
                    Description = "A key with the scope that the operation names. Without any key configured, programs on the portal's own machine need none.",
                };
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                if (context.Description.ActionDescriptor.EndpointMetadata.OfType<KeyRequirement>().FirstOrDefault() is { } key)
                {
                    operation.Security ??= [];
                    operation.Security.Add(new() { [new(Scheme, context.Document)] = [key.ScopeName] });
                }

                return Task.CompletedTask;
            });
        });
    }
}
