using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Connections;
using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.SignIn;

namespace TftPortal.Hubs;

/// <summary>The hub for other dashboards.</summary>
internal static class HubsSetup
{
    public static void AddHubs(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<HubVisitors>();
        builder.Services.AddSignalR()
            .AddHubOptions<PredictionsHub>(hub => hub.MaximumReceiveMessageSize = 4_096) // a name and a method: nothing larger is asked
            .AddJsonProtocol(json =>
            {
                json.PayloadSerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
                json.PayloadSerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            });
    }

    public static void MapHubs(this WebApplication app) => app
        // Server-sent events are requests that never end, and no slot bounds them: who has no WebSocket polls.
        .MapHub<PredictionsHub>(HubPaths.Predictions, connection => connection.Transports = HttpTransportType.WebSockets | HttpTransportType.LongPolling)
        .RequireKey(ApiScopes.Read, orRole: PortalRoles.Viewer);
}
