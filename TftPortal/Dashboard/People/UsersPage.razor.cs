using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Records;
using TftPortal.Access.SignIn;
using TftPortal.Access.SignIn.Oidc;

namespace TftPortal.Dashboard.People;

/// <summary>Who may sign in, and as what. Each act asks again whether its visitor is still an admin.</summary>
public sealed partial class UsersPage : IDisposable
{
    private readonly CancellationTokenSource left = new();
    private List<(PortalUser User, int Sessions)> users = [];
    private UserQuestion? asked;
    private string email = "";
    private string role = PortalRoles.Viewer;
    private string? problem;
    private string note = "";
    private string? link;
    private string? linkOwner;

    [Inject]
    private Users Users { get; set; } = null!;

    [Inject]
    private Visitor Visitor { get; set; } = null!;

    [Inject]
    private IOptions<SignInOptions> Options { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private int Hours => Options.Value.LinkHours;

    /// <inheritdoc />
    public void Dispose()
    {
        left.Cancel();
        left.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => users = await Users.ListAsync(left.Token);

    private static bool IsElsewhere(PortalUser user) => user.CreatedBy == OidcDesk.Maker;

    private Task CreateAsync() => DoAsync(by => Users.CreateAsync(email, role, by, left.Token), made => $"Created {made.Email}.");

    private Task RenewLinkAsync(PortalUser user) => DoAsync(by => Users.RenewLinkAsync(user.Id, by, left.Token), _ => "");

    private void Ask(PortalUser user, UserAct act) => asked = new(user, act);

    private void AskRole(PortalUser user, string? to)
    {
        if (to is not null && to != user.Role) asked = new(user, UserAct.SetRole, to);
    }

    private async Task AnswerAsync(UserQuestion question, bool sure)
    {
        asked = null;
        if (!sure)
        {
            users = []; // the role that was picked goes back to the one that is
            StateHasChanged();
            users = await Users.ListAsync(left.Token);
            return;
        }

        var id = question.User.Id;
        await DoAsync(by => question.Act switch
        {
            UserAct.Disable => Users.SetDisabledAsync(id, true, by, left.Token),
            UserAct.Enable => Users.SetDisabledAsync(id, false, by, left.Token),
            UserAct.ResetTotp => Users.ResetTotpAsync(id, by, left.Token),
            UserAct.EndSessions => Users.EndSessionsAsync(id, null, by, left.Token),
            _ => Users.SetRoleAsync(id, question.Role!, by, left.Token),
        }, user => $"Done: {question.Word.ToLowerInvariant()}, {user.Email}.");
    }

    private async Task DoAsync(Func<KeyActor, Task<UserChange>> act, Func<PortalUser, string> done)
    {
        if (!await Visitor.MayAsync(PortalRoles.Admin)) return; // a page that is open is no proof
        var change = await act(await Visitor.ActorAsync());
        (problem, link, linkOwner) = (change.Problem, change.Link is { } secret ? $"{Navigation.BaseUri}welcome?link={secret}" : null, change.User?.Email);
        note = change.User is { } user && change.Problem is null ? done(user) : "";
        if (change.Problem is null) email = "";
        users = await Users.ListAsync(left.Token);
    }
}
