using TftPortal.Access;
using TftPortal.Access.Records;
using TftPortal.Api.Shapes;
using TftPortal.Notifications.Delivery;

namespace TftPortal.Api;

/// <summary><c>/api/channels/deliveries</c>: messages that wait, were taken, or were given up, with the scope admin.</summary>
internal sealed class Deliveries(DeliveryQueue queue)
{
    public const string Path = Channels.Path + "/deliveries";
    private const int Most = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapAdminGroup(Path, "Channels");
        group.MapGet("", (HttpContext http, Deliveries api, string? state) => api.ListAsync(http, state))
            .WithSummary("List messages").WithDescription("state narrows it: queued, sent or dead.")
            .Produces<DeliveryList>()
            .Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity);
        group.MapPost("/{number:long}/retry", (HttpContext http, long number, Deliveries api) => api.RetryAsync(http, number))
            .WithSummary("Try a message again").WithDescription("A dead letter goes back into the queue, at its old place in the order; what waits is tried at once.")
            .Produces(StatusCodes.Status204NoContent)
            .Produces<ApiError>(StatusCodes.Status404NotFound)
            .Produces<ApiError>(StatusCodes.Status409Conflict);
        group.MapDelete("/{number:long}", (HttpContext http, long number, Deliveries api) => api.DeleteAsync(http, number))
            .WithSummary("Delete a message")
            .WithDescription("One that waits is not delivered.")
            .Produces(StatusCodes.Status204NoContent)
            .Produces<ApiError>(StatusCodes.Status404NotFound);
    }

    private async Task ListAsync(HttpContext http, string? state)
    {
        if (state is not (null or DeliveryRow.Queued or DeliveryRow.Sent or DeliveryRow.Dead)) await AdminJson.RefuseAsync(http, [("state", "allowed are queued, sent and dead")]);
        else await AdminJson.AnswerAsync(http, StatusCodes.Status200OK, new DeliveryList([.. (await queue.ListAsync(state, Most, http.RequestAborted)).Select(ChannelJson.Answer)]));
    }

    private async Task RetryAsync(HttpContext http, long number)
    {
        if (!await ChangeAnswers.IsRefusedAsync(http, await queue.RetryAsync(number, AdminJson.By(http), http.RequestAborted))) http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task DeleteAsync(HttpContext http, long number)
    {
        if (!await ChangeAnswers.IsRefusedAsync(http, await queue.DeleteAsync(number, AdminJson.By(http), http.RequestAborted))) http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
