using Microsoft.AspNetCore.Components;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.SignIn;
using TftPortal.Dashboard.Live;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Keys;

/// <summary>The keys: who has one, who uses it, and what to do about it. What is open stays open while the list moves on beneath it.</summary>
public sealed partial class KeysPage : PulsedComponent
{
    private const int MaxPanels = 20;

    private DateTimeOffset now;
    private List<KeyListing> keys = [], rows = [];
    private RiskLevel soon;
    private string soonWords = "", search = "", state = "";
    private Asked asked;
    private string? subjectId, fault;
    private IssuedKey? issued;

    private enum Asked
    {
        Nothing,
        Create,
        Open,
        Rotate,
        Revoke,
        End,
    }

    [Inject]
    private KeyRing Ring { get; set; } = null!;

    [Inject]
    private KeyStore Store { get; set; } = null!;

    [Inject]
    private ActingVisitor Acting { get; set; } = null!;

    private KeyListing? Subject => subjectId is null ? null : keys.Find(key => key.Id == subjectId);

    private string Count => rows.Count == keys.Count ? $"{Figures.Count(keys.Count)} {(keys.Count == 1 ? "key" : "keys")}" : $"{Figures.Count(rows.Count)} of {Figures.Count(keys.Count)} keys";

    /// <inheritdoc />
    protected override Task LookAsync()
    {
        now = Clock.GetUtcNow();
        keys = [.. KeyListings.Of(Ring.Keys, now)];
        var expiring = KeyExpiry.Soon(Ring.Keys, now);
        (soon, soonWords) = (KeyExpiry.Level(expiring, now), KeyExpiry.Words(expiring, now));
        Filter();
        return Task.CompletedTask;
    }

    private static string StillWords(KeyListing key) => key.StillOnOld.ToList() switch
    {
        [] => $"Nobody still uses the old secret of {key.Name}, as far as was seen since the rotation.",
        [var only] => $"1 program still uses the old secret of {key.Name} and will be refused from its next request on: {only.Who}.",
        [var last, ..] still => $"{still.Count} programs still use the old secret of {key.Name} and will be refused from their next request on; the last was {last.Who}.",
    };

    private EventCallback<KeyListing> Ask(Asked what) => EventCallback.Factory.Create<KeyListing>(this, key => Set(what, key.Id));

    private EventCallback Ask(Asked what, string? id) => EventCallback.Factory.Create(this, () => Set(what, id));

    private void Set(Asked what, string? id) => (asked, subjectId, fault) = (what, id, null);

    private void Close() => Set(Asked.Nothing, null);

    private Task ShowAsync(IssuedKey key)
    {
        Close();
        issued = key;
        return LookAsync();
    }

    private async Task AnswerAsync(KeyListing key, bool sure, Func<string, KeyActor, CancellationToken, Task<KeyChange>> act)
    {
        Close();
        if (!sure) return;
        if (await Acting.AskAsync(PortalRoles.Admin) is not { } by)
        {
            fault = ActingVisitor.No(PortalRoles.Admin);
            return;
        }

        var change = await act(key.Id, by, CancellationToken.None);
        fault = change.Problem;
        await LookAsync();
    }

    private void Search(string? text)
    {
        search = text ?? "";
        Filter();
    }

    private void Choose(string? chosen)
    {
        state = chosen ?? "";
        Filter();
    }

    private void ShowAll()
    {
        (search, state) = ("", "");
        Filter();
    }

    private void Filter() => rows = search.Length == 0 && state.Length == 0 ? keys
        : [.. keys.Where(key => (state.Length == 0 || key.State.ToString() == state) && (search.Length == 0 || Matches(key, search.Trim())))];

    private static bool Matches(KeyListing key, string text) =>
        new[] { key.Name, key.Id, key.CreatedBy, key.ServerPrefix ?? "", key.LastUsed?.Who ?? "" }.Concat(key.Scopes).Concat(key.Networks)
            .Any(part => part.Contains(text, StringComparison.OrdinalIgnoreCase));
}
