using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Api.Shapes;
using TftPortal.Notifications;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Delivery;
using TftPortal.Notifications.Senders;
using TftPortal.Notifications.Summaries;

namespace TftPortal.Api;

/// <summary><c>/api/channels</c>: channels of notifications made, changed, tried and deleted by programs, with the scope admin.</summary>
internal sealed class Channels(ChannelStore store, Dispatch dispatch, SummaryTrial trial, Access.Audit.ActNotes notes)
{
    public const string Path = "/api/channels";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var channels = routes.MapAdminGroup(Path, "Channels");
        channels.MapGet("", (HttpContext http, Channels api) => api.ListAsync(http))
            .WithSummary("List channels").WithDescription("Every channel with how its deliveries go. No secret of any.")
            .Produces<ChannelList>();
        channels.MapPost("", (HttpContext http, Channels api) => api.CreateAsync(http))
            .WithSummary("Make a channel").WithDescription("docs/notifications.md has an example of each kind. Nothing tells a secret again.")
            .Accepts<ChannelRequest>(JsonAnswer.ContentType)
            .Produces<ChannelAnswer>(StatusCodes.Status201Created)
            .Produces<ApiError>(StatusCodes.Status409Conflict)
            .Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity);
        channels.MapPut("/{id}", (HttpContext http, string id, Channels api) => api.UpdateAsync(http, id))
            .WithSummary("Change a channel").WithDescription("Replaces what is not secret. Secrets that are absent stay, but for a password and a routing key when it goes elsewhere than before. Disabling sets aside what waits for it.")
            .Accepts<ChannelRequest>(JsonAnswer.ContentType)
            .Produces<ChannelAnswer>()
            .Produces<ApiError>(StatusCodes.Status404NotFound)
            .Produces<ApiError>(StatusCodes.Status409Conflict)
            .Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity);
        channels.MapDelete("/{id}", (HttpContext http, string id, Channels api) => api.DeleteAsync(http, id))
            .WithSummary("Delete a channel").WithDescription("With everything that waits for it. Refused while a route sends to it.")
            .Produces(StatusCodes.Status204NoContent)
            .Produces<ApiError>(StatusCodes.Status404NotFound)
            .Produces<ApiError>(StatusCodes.Status409Conflict);
        channels.MapPost("/{id}/test", (HttpContext http, string id, Channels api, string? kind) => api.TestAsync(http, id, kind))
            .WithSummary("Try a channel").WithDescription("Sends a message of the kind test at once, or with kind=summary the weekly summary of the last seven days as an example, beside the queue, and answers what became of it; it takes at most Notifications:TimeoutSeconds, or twice that where the test is resolved as well.")
            .Produces<ChannelTested>()
            .Produces<ApiError>(StatusCodes.Status404NotFound)
            .Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity);
    }

    private async Task ListAsync(HttpContext http) =>
        await AdminJson.AnswerAsync(http, StatusCodes.Status200OK, new ChannelList([.. (await store.ListAsync(http.RequestAborted)).Select(ChannelJson.Answer)]));

    private async Task CreateAsync(HttpContext http)
    {
        if (await AdminJson.ReadAsync<ChannelRequest>(http) is not { } request) return;
        await AnswerAsync(http, StatusCodes.Status201Created, await store.CreateAsync(ChannelJson.Wish(request), AdminJson.By(http), http.RequestAborted));
    }

    private async Task UpdateAsync(HttpContext http, string id)
    {
        if (await AdminJson.ReadAsync<ChannelRequest>(http) is not { } request) return;
        await AnswerAsync(http, StatusCodes.Status200OK, await store.UpdateAsync(id, ChannelJson.Wish(request), AdminJson.By(http), http.RequestAborted));
    }

    private async Task DeleteAsync(HttpContext http, string id)
    {
        if (await ChangeAnswers.IsRefusedAsync(http, await store.DeleteAsync(id, AdminJson.By(http), http.RequestAborted))) return;
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task TestAsync(HttpContext http, string id, string? kind)
    {
        if (kind is not (null or "test" or "summary"))
        {
            await AdminJson.RefuseAsync(http, [("kind", "allowed are test and summary")]);
            return;
        }

        if (await store.GetAsync(id, http.RequestAborted) is not { } channel)
        {
            await ChangeAnswers.IsRefusedAsync(http, Change.Unknown("channel", id));
            return;
        }

        var by = AdminJson.By(http);
        var outcome = kind == "summary" ? await trial.SendAsync(channel, by.Name, http.RequestAborted) : await dispatch.TestAsync(channel, by.Name, http.RequestAborted);
        await notes.TryWriteAsync(by, "channel.tested", id, $"{channel.Name}: {(outcome.Kind == OutcomeKind.Delivered ? "taken" : outcome.Fault)}");
        await AdminJson.AnswerAsync(http, StatusCodes.Status200OK, new ChannelTested(outcome.Kind == OutcomeKind.Delivered, outcome.Fault.Length == 0 ? null : outcome.Fault));
    }

    private async Task AnswerAsync(HttpContext http, int status, Change change)
    {
        if (await ChangeAnswers.IsRefusedAsync(http, change)) return;
        var made = (await store.ListAsync(http.RequestAborted)).Single(channel => channel.Channel.Id == change.Id);
        await AdminJson.AnswerAsync(http, status, ChannelJson.Answer(made));
    }
}
