using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Api.Shapes;
using TftPortal.Notifications;

namespace TftPortal.Api;

/// <summary>What the administration of notifications has in common.</summary>
internal static class ChangeAnswers
{
    /// <summary>Answers why nothing was changed.</summary>
    /// <returns>Whether that is so.</returns>
    public static async Task<bool> IsRefusedAsync(HttpContext http, Change change)
    {
        if (change.Id is not null) return false;
        if (!change.Faults.IsEmpty) await AdminJson.RefuseAsync(http, change.Faults.Select(fault => (fault.Field, fault.Reason)));
        else await AdminJson.AnswerAsync(http, change.IsUnknown ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict, new ApiError(change.Problem!));
        return true;
    }

    /// <summary>Endpoints below a path for keys with the scope admin.</summary>
    public static RouteGroupBuilder MapAdminGroup(this IEndpointRouteBuilder routes, string path, string tag) =>
        routes.MapGroup(path).RequireKey(ApiScopes.Admin).WithTags(tag)
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status403Forbidden, typeof(ApiError), [JsonAnswer.ContentType]))
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status429TooManyRequests, typeof(RateLimited), [JsonAnswer.ContentType]));
}
