using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.SignIn;
using TftPortal.Dashboard.Live;

namespace TftPortal.Dashboard.Keys;

/// <summary>Asks for everything that a key can have, and makes it; every fault stands at its field.</summary>
public sealed partial class CreateDialog
{
    private static readonly (string Name, string What)[] Scopes =
        [("feed", "send readings"), ("read", "read forecasts and alerts"), ("admin", "make and end keys, see limits; it reads no data")];

    private readonly HashSet<string> chosen = ["feed"];
    private IReadOnlyList<KeyFault> faults = [];
    private KeyOptions options = new();
    private RateLimitOptions limits = new();
    private string name = "", prefix = "", networks = "", days = "", feed = "", read = "";
    private bool waits;

    /// <summary>It was closed, and nothing made.</summary>
    [Parameter]
    public EventCallback OnClosed { get; set; }

    /// <summary>The key was made.</summary>
    [Parameter]
    public EventCallback<IssuedKey> OnMade { get; set; }

    [Inject]
    private KeyOrderCheck Check { get; set; } = null!;

    [Inject]
    private KeyStore Store { get; set; } = null!;

    [Inject]
    private ActingVisitor Acting { get; set; } = null!;

    [Inject]
    private IOptions<KeyOptions> KeySettings { get; set; } = null!;

    [Inject]
    private IOptions<RateLimitOptions> LimitSettings { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        (options, limits) = (KeySettings.Value, LimitSettings.Value);
        days = Math.Min(options.DefaultDays, options.MaxDays).ToString(CultureInfo.InvariantCulture);
    }

    private void Choose(string scope, bool isChosen) => _ = isChosen ? chosen.Add(scope) : chosen.Remove(scope);

    private IReadOnlyList<string> Of(string field) => [.. faults.Where(fault => fault.Field == field).Select(fault => fault.Reason)];

    private async Task MakeAsync()
    {
        if (waits) return;
        List<KeyFault> unread = [];
        var wish = new KeyWish
        {
            Name = name,
            Scopes = [.. Scopes.Select(scope => scope.Name).Where(chosen.Contains)],
            ServerPrefix = prefix.Trim(),
            ExpiresInDays = Number("expires_in_days", days, unread),
            FeedPerMinute = Number("feed_per_minute", feed, unread),
            ReadPerMinute = Number("read_per_minute", read, unread),
            Networks = networks.Split(['\n', '\r', ',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries),
        };
        var (order, found) = Check.Check(wish);
        faults = [.. unread, .. found];
        if (order is null || faults.Count > 0) return;
        waits = true;
        try
        {
            if (await Acting.AskAsync(PortalRoles.Admin) is not { } by)
            {
                faults = [new("name", ActingVisitor.No(PortalRoles.Admin))];
                return;
            }

            var made = await Store.CreateAsync(order, by, CancellationToken.None); // what was begun is told, even if the page is left meanwhile
            if (made.Problem is { } problem) faults = [new("name", problem)];
            else await OnMade.InvokeAsync(new(order.Name, made.Text!, [.. ScopeNames.Of(order.Scopes)], order.ServerPrefix, OldWorksUntil: null, IsRotation: false));
        }
        finally
        {
            waits = false;
        }
    }

    private static int? Number(string field, string text, List<KeyFault> faults)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        faults.Add(new(field, $"'{(text.Length <= 20 ? text.Trim() : text[..20] + "…")}' is no whole number"));
        return null;
    }
}
