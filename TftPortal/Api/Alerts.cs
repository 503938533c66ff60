using System.Buffers;
using System.Text.Json;
using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Api.Shapes;
using TftPortal.Engine.Publishing;

namespace TftPortal.Api;

/// <summary><c>GET /alerts/active</c>: what is wrong, or will be, by the latest picture.</summary>
internal static class Alerts
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/alerts/active", (HttpContext http, OutlookFeed feed, TimeProvider clock) => JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, Answer(feed, clock)))
            .RequireKey(ApiScopes.Read)
            .WithTags("Forecasts")
            .WithSummary("Active alerts")
            .WithDescription("One alert per server and metric while it lasts; the most severe first, then by time of breach.")
            .Produces<AlertsAnswer>()
            .Produces<ApiError>(StatusCodes.Status403Forbidden)
            .Produces<RateLimited>(StatusCodes.Status429TooManyRequests);

    private static ReadOnlyMemory<byte> Answer(OutlookFeed feed, TimeProvider clock)
    {
        var alerts = feed.Latest.Alerts;
        var buffer = new ArrayBufferWriter<byte>(256 + (alerts.Length * 512));
        using var json = new Utf8JsonWriter(buffer, JsonStyle.Compact);
        json.WriteStartObject();
        json.WriteString("timestamp", Timestamps.OldText(clock.GetUtcNow(), clock.LocalTimeZone));
        json.WriteNumber("count", alerts.Length);
        json.WriteStartArray("alerts");
        foreach (var alert in alerts) AlertJson.Write(json, alert);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
