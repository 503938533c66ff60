using Microsoft.AspNetCore.Components;
using TftPortal.Access.SignIn;

namespace TftPortal.Dashboard.SignIn;

/// <summary>Where a user with a one-time link chooses a password. Signing in comes after, with the second step where there is one: a link alone opens nothing.</summary>
public sealed partial class LinkPage
{
    private string? owner;
    private string? problem;
    private bool done;

    /// <summary>The link's secret.</summary>
    [SupplyParameterFromQuery]
    public string? Link { get; set; }

    [SupplyParameterFromForm(FormName = "welcome")]
    private ChoiceForm? Choice { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private Users Users { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() =>
        owner = (Choice?.Link ?? Link) is { Length: < 100 } link ? await Users.OwnerOfLinkAsync(link, Http.RequestAborted) : null;

    private async Task ChooseAsync()
    {
        if (Choice is not { Link: { } link, Password: { } password }) return;
        problem = password != Choice.Again
            ? "The two passwords are not the same."
            : (await Users.UseLinkAsync(link, password, Http.Connection.RemoteIpAddress?.ToString() ?? "unknown", Http.RequestAborted)).Problem;
        done = problem is null;
    }

    /// <summary>What the form asks for.</summary>
    internal sealed class ChoiceForm
    {
        public string? Link { get; set; }

        public string? Password { get; set; }

        public string? Again { get; set; }
    }
}
