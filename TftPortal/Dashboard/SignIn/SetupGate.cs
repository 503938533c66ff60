using TftPortal.Access.SignIn;

namespace TftPortal.Dashboard.SignIn;

/// <summary>The setup page is not there, for ever, once there is a user.</summary>
internal static class SetupGate
{
    public const string Path = "/setup";

    public static Task PassAsync(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase) || http.RequestServices.GetRequiredService<UserCount>().IsEmpty) return next(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
