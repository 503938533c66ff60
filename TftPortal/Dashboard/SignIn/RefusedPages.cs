using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http.HttpResults;
using TftPortal.Access;
using TftPortal.Access.SignIn;

namespace TftPortal.Dashboard.SignIn;

/// <summary>What a visitor is answered who may not have what was asked for: a browser that navigates is led to sign in, or told which role is missing; everything else gets a bare 401 or 403.</summary>
internal sealed class RefusedPages : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded) return next(context);
        context.Response.Headers.CacheControl = "no-store";
        if (authorizeResult.Challenged || DoorAtAccount(context, policy)) return LeadToSignInAsync(context);
        if (context.User.HasClaim(Sessions.MustEnrolClaim, "true") && DashboardSetup.AsksForAPage(context))
        {
            context.Response.Redirect("/account");
            return Task.CompletedTask;
        }

        var role = PortalRoles.All.LastOrDefault(role => policy.Requirements.OfType<RolesAuthorizationRequirement>().Any(needed => needed.AllowedRoles.Contains(role, StringComparer.Ordinal))) ?? PortalRoles.Admin;
        return DashboardSetup.AsksForAPage(context)
            ? new RazorComponentResult<DeniedDocument>(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(DeniedDocument.Role)] = role }) { StatusCode = StatusCodes.Status403Forbidden }.ExecuteAsync(context)
            : JsonAnswer.WriteAsync(context, StatusCodes.Status403Forbidden, $$"""{"detail":"This needs the role {{role}}."}""");
    }

    // Who came in by the open door has no account to look at.
    private static bool DoorAtAccount(HttpContext http, AuthorizationPolicy policy) => DoorHandler.CameIn(http.User) && policy.Requirements.OfType<ClaimsAuthorizationRequirement>().Any();

    private static Task LeadToSignInAsync(HttpContext http)
    {
        if (!DashboardSetup.AsksForAPage(http)) return JsonAnswer.WriteAsync(http, StatusCodes.Status401Unauthorized, """{"detail":"Sign in first, at /sign-in."}""");
        http.Response.Redirect(SignInAddress.For(http.Request.Path + http.Request.QueryString));
        return Task.CompletedTask;
    }
}
