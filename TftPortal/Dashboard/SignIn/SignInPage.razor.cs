using System.Globalization;
using Microsoft.AspNetCore.Components;
using TftPortal.Access.SignIn;
using TftPortal.Access.SignIn.Oidc;

namespace TftPortal.Dashboard.SignIn;

/// <summary>The way in: a form for the password, and one for the second step.</summary>
public sealed partial class SignInPage
{
    private SignInAnswer? answer;

    /// <summary>Where the visitor wanted to go.</summary>
    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    /// <summary>What became of coming back from single sign-on: a name of <see cref="OidcAnswer"/>.</summary>
    [SupplyParameterFromQuery]
    public string? Sso { get; set; }

    [SupplyParameterFromForm(FormName = "password")]
    private PasswordForm? Password { get; set; }

    [SupplyParameterFromForm(FormName = "code")]
    private CodeForm? Code { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private UserCount Users { get; set; } = null!;

    [Inject]
    private SignInDesk Desk { get; set; } = null!;

    [Inject]
    private OidcDesk Oidc { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    // The form that is answered must be on the page before its answer is known.
    private string? Proof => answer is null ? Code?.Proof : answer.Proof;

    private string? Problem => answer?.Kind switch
    {
        SignInKind.Wrong when answer.Proof is not null => "That code is wrong, or was used already. The app shows another within half a minute.",
        SignInKind.Wrong => "Wrong e-mail address or password.",
        SignInKind.Wait => string.Create(CultureInfo.InvariantCulture, $"Too many tries. Try again in {Math.Ceiling(answer.RetryAfter.TotalSeconds)} s."),
        SignInKind.StartAgain => "That took too long. Start again with your password.",
        _ => null,
    };

    private string OidcAddress => SignInAddress.Back(ReturnUrl) is not "/" and var back ? $"{OidcStart.Path}?returnUrl={Uri.EscapeDataString(back)}" : OidcStart.Path;

    private string? SsoProblem => Sso switch
    {
        nameof(OidcAnswer.NoRole) => $"None of your groups at {Oidc.Name} may use this portal. Ask whoever manages the groups.",
        nameof(OidcAnswer.NoEmail) => $"{Oidc.Name} knows no confirmed e-mail address of yours, and people are named by it here. Have it confirmed there.",
        nameof(OidcAnswer.Taken) => "There is an account with your e-mail address here already, and it is not taken over. Sign in with its password, or ask an admin.",
        nameof(OidcAnswer.Disabled) => "Your account here is disabled. An admin can enable it.",
        nameof(OidcAnswer.Unreachable) => $"{Oidc.Name} can't be reached. Try again later, or sign in with a password.",
        nameof(OidcAnswer.Failed) => $"Signing in with {Oidc.Name} did not work. Try again; if it stays so, the portal's log tells an admin why.",
        _ => null,
    };

    private async Task EnterPasswordAsync()
    {
        if (Password is { Email: { } email, Text: { } text }) Go(await Desk.TryPasswordAsync(Http, email, text, Http.RequestAborted));
    }

    private async Task EnterCodeAsync()
    {
        if (Code is { Proof: { } proof, Text: { } text }) Go(await Desk.TryCodeAsync(Http, proof, text, Http.RequestAborted));
    }

    private void Go(SignInAnswer next)
    {
        answer = next;
        if (next.Kind == SignInKind.Done) Navigation.NavigateTo(SignInAddress.Back(ReturnUrl), forceLoad: true);
        if (next.Kind != SignInKind.Wait) return;
        Http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        Http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(next.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The first step.</summary>
    internal sealed class PasswordForm
    {
        public string? Email { get; set; }

        public string? Text { get; set; }
    }

    /// <summary>The second.</summary>
    internal sealed class CodeForm
    {
        public string? Proof { get; set; }

        public string? Text { get; set; }
    }
}
