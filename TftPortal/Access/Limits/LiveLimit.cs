using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using TftPortal.Access.Browser;
using TftPortal.Access.SignIn;

namespace TftPortal.Access.Limits;

/// <summary>
/// Bounds the pages that are open, before routing and before Blazor makes anything for them. A page is one WebSocket to <see cref="LiveOrigins.Path"/>; SignalR's other transports, whose connections
/// no single request holds, are refused.
/// </summary>
internal sealed class LiveLimit(RequestDelegate next, LiveSlots slots, IOptions<ConnectionOptions> options)
{
    private const string RetrySeconds = "30";
    private static readonly byte[] OfAddress = """{"detail":"Too many pages of this portal are open from your address. Close some, or let an administrator raise Connections:MaxPagesPerAddress."}"""u8.ToArray();
    private static readonly byte[] OfUser = """{"detail":"You have too many pages of this portal open. Close some, or let an administrator raise Connections:MaxPagesPerUser."}"""u8.ToArray();
    private static readonly byte[] OfAll = """{"detail":"Too many pages of this portal are open. Try again soon, or let an administrator raise Connections:MaxPages."}"""u8.ToArray();
    private static readonly byte[] SocketsOnly = """{"detail":"Pages connect by WebSocket alone. A proxy in between must pass them on."}"""u8.ToArray();

    // Kestrel counts too, and answers 500: it must not come to that.
    private int Max => Math.Min(options.Value.MaxPages, options.Value.MaxWebSockets);

    public Task InvokeAsync(HttpContext http)
    {
        // A program's WebSocket takes a slot as a page does; its other transports are requests, and limited as such.
        if (http.Request.Path.StartsWithSegments(HubPaths.All, StringComparison.OrdinalIgnoreCase)) return Upgrades.IsWebSocket(http) ? CountAsync(http, isConnection: true) : next(http);
        if (!http.Request.Path.StartsWithSegments(LiveOrigins.Path, StringComparison.OrdinalIgnoreCase, out var rest)) return next(http);
        var isConnection = rest.Value is null or "" or "/";
        if (isConnection && !Upgrades.IsWebSocket(http)) return JsonAnswer.WriteAsync(http, StatusCodes.Status400BadRequest, SocketsOnly);
        return isConnection || rest.StartsWithSegments("/negotiate", StringComparison.OrdinalIgnoreCase) ? CountAsync(http, isConnection) : next(http);
    }

    private async Task CountAsync(HttpContext http, bool isConnection)
    {
        var (part, max, refusal) = await PartOfAsync(http);
        if (slots.Take(part, max, Max, keep: isConnection) is var answer and not SlotAnswer.Free)
        {
            http.Response.Headers.RetryAfter = RetrySeconds;
            await (answer == SlotAnswer.PartIsFull ? JsonAnswer.WriteAsync(http, StatusCodes.Status429TooManyRequests, refusal) : JsonAnswer.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, OfAll));
            return;
        }

        try
        {
            await next(http);
        }
        finally
        {
            if (isConnection) slots.Give(part);
        }
    }

    // Who shares a limit: a user's browsers, wherever they are; else an address. Authentication, further on, finds what was looked up here.
    private async Task<(string Part, int Max, byte[] Refusal)> PartOfAsync(HttpContext http) =>
        (await http.AuthenticateAsync(PortalSchemes.Any)).Principal is { } visitor && Sessions.NumberOf(visitor) is not null && visitor.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
            ? ($"user:{id}", options.Value.MaxPagesPerUser, OfUser)
            : (ClientAddress.Of(http.Connection.RemoteIpAddress), options.Value.MaxPagesPerAddress, OfAddress);
}
