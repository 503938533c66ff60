using System.Buffers;
using System.Text.Json;
using TftPortal.Access;
using TftPortal.Api.Shapes;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;
using TftPortal.Engine.State;

namespace TftPortal.Api;

/// <summary><c>GET /status</c>: how much is known, and how warm the model is. The old daemon's fields first, ours after them.</summary>
internal static class Status
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/status", (HttpContext http, OutlookFeed feed, StateKeeper keeper, TimeProvider clock) => JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, Answer(feed, keeper.Report, clock)))
            .WithTags("State").WithSummary("How much is known, and how warm the model is").Produces<StatusAnswer>();

    private static bool IsByNetwork(FleetOutlook picture) => picture.Servers.Any(server => server.Forecast.ModelType == ForecastSource.Tft);

    private static ReadOnlyMemory<byte> Answer(OutlookFeed feed, StateReport state, TimeProvider clock)
    {
        var counts = feed.Counts;
        var picture = feed.Latest;
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, JsonStyle.Compact);
        json.WriteStartObject();
        json.WriteBoolean("running", true);
        json.WriteNumber("tick_count", counts.Tick);
        json.WriteNumber("window_size", counts.Records);
        json.WriteStartObject("warmup");
        json.WriteBoolean("is_warmed_up", counts.IsWarm);
        json.WriteNumber("progress_percent", counts.ServersTracked == 0 ? 0 : 100 * counts.ServersReady / counts.ServersTracked);
        json.WriteNumber("threshold", counts.RequiredSteps);
        json.WriteNumber("current_size", counts.DeepestServerSteps);
        json.WriteNumber("required_size", counts.RequiredSteps);
        json.WriteString("message", counts switch
        {
            { ServersTracked: 0 } => "Waiting for data...",
            { IsWarm: true } when IsByNetwork(picture) => "Model ready - using TFT predictions",
            { IsWarm: true } => "Ready - using baseline predictions", // a baseline is never called TFT
            _ => $"Warming up: {counts.ServersReady}/{counts.ServersTracked} servers ready",
        });
        json.WriteEndObject();
        json.WriteNumber("servers_tracked", counts.ServersTracked);
        json.WriteNumber("servers_ready", counts.ServersReady);
        json.WriteString("model_version", picture.ModelVersion);
        WriteSeconds(json, "forecast_age_seconds", picture, clock.GetUtcNow() - picture.Time);
        WriteSeconds(json, "forecast_seconds", picture, picture.Took);
        StateJson.Write(json, state);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteSeconds(Utf8JsonWriter json, string name, FleetOutlook picture, TimeSpan time)
    {
        if (picture.Sequence == 0) json.WriteNull(name);
        else json.WriteNumber(name, Math.Round(Math.Max(0, time.TotalSeconds), 3));
    }
}
