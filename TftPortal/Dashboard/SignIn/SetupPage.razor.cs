using System.Globalization;
using Microsoft.AspNetCore.Components;
using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.SignIn;

namespace TftPortal.Dashboard.SignIn;

/// <summary>Where the first admin is made, with the token; not there once there is a user (<see cref="SetupGate"/>).</summary>
public sealed partial class SetupPage
{
    private const int FreeTries = 5;
    private string? problem;

    /// <summary>The token, where the link has it.</summary>
    [SupplyParameterFromQuery]
    public string? Token { get; set; }

    [SupplyParameterFromForm(FormName = "setup")]
    private SetupForm? Setup { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private SetupToken Expected { get; set; } = null!;

    [Inject]
    private Users Users { get; set; } = null!;

    [Inject]
    private SignInDesk Desk { get; set; } = null!;

    [Inject]
    private SignInThrottle Throttle { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private async Task ClaimAsync()
    {
        if (Setup is not { Token: { } token, Email: { } email, Password: { } password } || !Desk.IsPrivate(Http)) return;
        var budget = $"setup:{ClientAddress.Of(Http.Connection.RemoteIpAddress)}";
        if (Throttle.Try((budget, FreeTries)) is { } wait)
        {
            problem = string.Create(CultureInfo.InvariantCulture, $"Too many tries. Try again in {Math.Ceiling(wait.TotalSeconds)} s.");
            Http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
        else if (!Expected.Is(token))
        {
            problem = "This is not the token, or it is too old. The portal makes another when it is started again.";
        }
        else
        {
            Throttle.Clear(budget);
            problem = password != Setup.Again ? "The two passwords are not the same." : await CreateAsync(email, password);
        }
    }

    private async Task<string?> CreateAsync(string email, string password)
    {
        var made = await Users.CreateFirstAdminAsync(email, password, new KeyActor("setup", Http.Connection.RemoteIpAddress?.ToString() ?? "unknown"), Http.RequestAborted);
        if (made.Problem is not null) return made.Problem;
        Expected.End();
        (Setup, Token) = (null, null); // the redirect has a body, and the form in it shall tell nothing
        await Desk.EnterAsync(Http, made.User!, "setup", Http.RequestAborted);
        Navigation.NavigateTo("/", forceLoad: true);
        return null;
    }

    /// <summary>What the form asks for.</summary>
    internal sealed class SetupForm
    {
        public string? Token { get; set; }

        public string? Email { get; set; }

        public string? Password { get; set; }

        public string? Again { get; set; }
    }
}
