using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Records;
using TftPortal.Access.SignIn;
using TftPortal.Access.SignIn.Oidc;

namespace TftPortal.Dashboard.SignIn;

/// <summary>What people change of their own: password, second step, sessions. What could lock the owner out asks for the password again.</summary>
public sealed partial class AccountPage
{
    private PortalUser user = new() { Role = PortalRoles.Viewer, CreatedAt = default, CreatedBy = "" };
    private List<SessionRow> sessions = [];
    private string[] codes = [];
    private string? problem;
    private string? note;
    private string secret = "";
    private long? own;
    private int left;
    private bool mustEnrol;

    [SupplyParameterFromForm(FormName = "enrol")]
    private EnrolForm? Enrol { get; set; }

    [SupplyParameterFromForm(FormName = "codes")]
    private ChangeForm? Change { get; set; }

    [SupplyParameterFromForm(FormName = "password")]
    private FreshForm? Fresh { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private Users Users { get; set; } = null!;

    [Inject]
    private Sessions Sessions { get; set; } = null!;

    [Inject]
    private SecondStep Second { get; set; } = null!;

    [Inject]
    private OidcDesk Oidc { get; set; } = null!;

    [Inject]
    private SignInDesk Desk { get; set; } = null!;

    private CancellationToken Gone => Http.RequestAborted;

    private KeyActor By => new($"user {user.Email}", Http.Connection.RemoteIpAddress?.ToString() ?? "unknown");

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        own = Access.SignIn.Sessions.NumberOf(Http.User);
        await ReadAsync(Http.User.FindFirstValue(ClaimTypes.NameIdentifier)!);
        secret = Enrol?.Secret is { } carried && Second.Open(carried) is not null ? carried : Second.Propose();
    }

    private async Task EnrolAsync()
    {
        if (Enrol is not { Secret: { } proposed, Code: { } code }) return;
        (var change, codes) = await Second.EnrolAsync(user.Id, proposed, code, By, Gone);
        await TellAsync(change, "The second step is set up.");
    }

    private async Task ChangeSecondStepAsync()
    {
        if (Change is not { Password: { } password } || !await IsOwnerAsync(password)) return;
        if (Change.Act == "remove")
        {
            await TellAsync(await Second.RemoveAsync(user.Id, own, By, Gone), "The second step is removed.");
            return;
        }

        (var change, codes) = await Second.RenewCodesAsync(user.Id, By, Gone);
        await TellAsync(change, "The recovery codes before are worth nothing now.");
    }

    private async Task ChangePasswordAsync()
    {
        if (Fresh is not { Now: { } now, Password: { } password } || !await IsOwnerAsync(now)) return;
        if (password != Fresh.Again) problem = "The two new passwords are not the same.";
        else await TellAsync(await Users.ChangePasswordAsync(user.Id, password, own, By, Gone), "The password is changed, and your other sessions have ended.");
    }

    private async Task EndAsync(long number)
    {
        if (await Sessions.EndAsync(user.Id, number, By, Gone)) note = "The session has ended.";
        await ReadAsync(user.Id);
    }

    private async Task EndOthersAsync()
    {
        await TellAsync(await Users.EndSessionsAsync(user.Id, own, By, Gone), "Your other sessions have ended.");
    }

    private async Task<bool> IsOwnerAsync(string password)
    {
        problem = await Desk.ConfirmAsync(user, password, Gone) switch
        {
            true => null,
            false => "That is not your password.",
            null => "Too many tries. Wait a minute, then try again.",
        };
        return problem is null;
    }

    private async Task TellAsync(UserChange change, string done)
    {
        (problem, note) = (change.Problem, change.Problem is null ? done : null);
        await ReadAsync(user.Id);
    }

    private async Task ReadAsync(string id)
    {
        user = await Users.FindAsync(id, Gone) ?? user;
        sessions = await Sessions.OfAsync(id, Gone);
        left = await Second.CountCodesAsync(id, Gone);
        mustEnrol = Http.User.HasClaim(Access.SignIn.Sessions.MustEnrolClaim, "true") && user.TotpSecret is null;
    }

    /// <summary>The first code of an app.</summary>
    internal sealed class EnrolForm
    {
        public string? Secret { get; set; }

        public string? Code { get; set; }
    }

    /// <summary>A change of the second step.</summary>
    internal sealed class ChangeForm
    {
        public string? Password { get; set; }

        public string? Act { get; set; }
    }

    /// <summary>Another password.</summary>
    internal sealed class FreshForm
    {
        public string? Now { get; set; }

        public string? Password { get; set; }

        public string? Again { get; set; }
    }
}
