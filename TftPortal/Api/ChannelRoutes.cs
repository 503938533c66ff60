using TftPortal.Access;
using TftPortal.Api.Shapes;
using TftPortal.Notifications;
using TftPortal.Notifications.Routing;

namespace TftPortal.Api;

/// <summary><c>/api/channels/routes</c>: which concerns go to which channel, with the scope admin.</summary>
internal sealed class ChannelRoutes(RouteStore store)
{
    public const string Path = Channels.Path + "/routes";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapAdminGroup(Path, "Channels");
        group.MapGet("", (HttpContext http, ChannelRoutes api) => api.ListAsync(http))
            .WithSummary("List routes").WithDescription("Every route that lets something through sends it to its channel; a channel is told of one thing once, however many routes lead there.")
            .Produces<RouteList>();
        group.MapPost("", (HttpContext http, ChannelRoutes api) => api.CreateAsync(http))
            .WithSummary("Make a route").WithDescription("What stands already and is let through is told at once.")
            .Accepts<RouteRequest>(JsonAnswer.ContentType)
            .Produces<RouteAnswer>(StatusCodes.Status201Created)
            .Produces<ApiError>(StatusCodes.Status409Conflict)
            .Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity);
        group.MapPut("/{id}", (HttpContext http, string id, ChannelRoutes api) => api.UpdateAsync(http, id))
            .WithSummary("Change a route").WithDescription("Replaces it.")
            .Accepts<RouteRequest>(JsonAnswer.ContentType)
            .Produces<RouteAnswer>()
            .Produces<ApiError>(StatusCodes.Status404NotFound)
            .Produces<ApiError>(StatusCodes.Status409Conflict)
            .Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity);
        group.MapDelete("/{id}", (HttpContext http, string id, ChannelRoutes api) => api.DeleteAsync(http, id))
            .WithSummary("Delete a route").WithDescription("What its channel was told already is resolved there all the same when it is over.")
            .Produces(StatusCodes.Status204NoContent)
            .Produces<ApiError>(StatusCodes.Status404NotFound);
    }

    private async Task ListAsync(HttpContext http) =>
        await AdminJson.AnswerAsync(http, StatusCodes.Status200OK, new RouteList([.. (await store.ListAsync(http.RequestAborted)).Select(ChannelJson.Answer)]));

    private async Task CreateAsync(HttpContext http)
    {
        if (await AdminJson.ReadAsync<RouteRequest>(http) is not { } request) return;
        await AnswerAsync(http, StatusCodes.Status201Created, await store.CreateAsync(ChannelJson.Wish(request), AdminJson.By(http), http.RequestAborted));
    }

    private async Task UpdateAsync(HttpContext http, string id)
    {
        if (await AdminJson.ReadAsync<RouteRequest>(http) is not { } request) return;
        await AnswerAsync(http, StatusCodes.Status200OK, await store.UpdateAsync(id, ChannelJson.Wish(request), AdminJson.By(http), http.RequestAborted));
    }

    private async Task DeleteAsync(HttpContext http, string id)
    {
        if (await ChangeAnswers.IsRefusedAsync(http, await store.DeleteAsync(id, AdminJson.By(http), http.RequestAborted))) return;
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task AnswerAsync(HttpContext http, int status, Change change)
    {
        if (await ChangeAnswers.IsRefusedAsync(http, change)) return;
        var made = (await store.ListAsync(http.RequestAborted)).Single(route => route.Route.Id == change.Id);
        await AdminJson.AnswerAsync(http, status, ChannelJson.Answer(made));
    }
}
