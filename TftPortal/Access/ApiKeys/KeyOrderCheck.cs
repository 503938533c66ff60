using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace TftPortal.Access.ApiKeys;

/// <summary>Judges a wish for a key; names every fault, not only the first.</summary>
internal sealed partial class KeyOrderCheck(IOptions<KeyOptions> options)
{
    private const int MaxNetworks = 32;
    private const int MaxPerMinute = 1_000_000;

    /// <summary>The order that a wish makes, or everything that is wrong with it.</summary>
    public (KeyOrder? Order, ImmutableArray<KeyFault> Faults) Check(KeyWish wish)
    {
        List<KeyFault> faults = [];
        var name = wish.Name?.Trim() ?? "";
        if (name.Length is 0 or > 64 || name.Any(char.IsControl)) faults.Add(new("name", "a key needs a name of 1 to 64 characters that can be seen"));
        var scopes = Scopes(wish.Scopes ?? [], faults);
        var prefix = string.IsNullOrEmpty(wish.ServerPrefix) ? null : wish.ServerPrefix;
        if (prefix is not null && !StartOfServerName().IsMatch(prefix)) faults.Add(new("server_prefix", "not how a server's name can begin: 1 to 253 of A–Z, a–z, 0–9, '.', '_', ':', '-', a letter or digit first"));
        if (prefix is not null && scopes != ApiScopes.None && !scopes.HasFlag(ApiScopes.Feed)) faults.Add(new("server_prefix", "a key without the scope feed feeds no servers"));
        var max = options.Value.MaxDays;
        var days = wish.ExpiresInDays ?? Math.Min(options.Value.DefaultDays, max);
        if (days < 1 || days > max) faults.Add(new("expires_in_days", $"{days} is out of range; allowed are 1 to {max} days (Keys:MaxDays)"));
        CheckRate("feed_per_minute", wish.FeedPerMinute, faults);
        CheckRate("read_per_minute", wish.ReadPerMinute, faults);
        var networks = Networks(wish.Networks ?? [], faults);
        if (faults.Count > 0) return (null, [.. faults]);
        return (new()
        {
            Name = name,
            Scopes = scopes,
            ServerPrefix = prefix,
            Days = days,
            FeedPerMinute = wish.FeedPerMinute,
            ReadPerMinute = wish.ReadPerMinute,
            Networks = networks,
        }, []);
    }

    private static ApiScopes Scopes(IReadOnlyList<string?> names, List<KeyFault> faults)
    {
        var scopes = ApiScopes.None;
        foreach (var name in names)
        {
            if (ScopeNames.Find(name ?? "") is { } scope) scopes |= scope;
            else faults.Add(new("scopes", $"{Shown(name)} is no scope; allowed are {ScopeNames.Allowed}"));
        }

        if (names.Count == 0) faults.Add(new("scopes", $"a key needs at least one scope of {ScopeNames.Allowed}"));
        return scopes;
    }

    private static ImmutableArray<IPNetwork> Networks(IReadOnlyList<string?> texts, List<KeyFault> faults)
    {
        if (texts.Count > MaxNetworks)
        {
            faults.Add(new("networks", $"{texts.Count} networks; allowed are {MaxNetworks}"));
            return [];
        }

        var networks = ImmutableArray.CreateBuilder<IPNetwork>(texts.Count);
        foreach (var text in texts)
        {
            if (TryReadNetwork(text ?? "", out var network)) networks.Add(network);
            else faults.Add(new("networks", $"{Shown(text)} is no network; allowed is CIDR such as 10.20.0.0/16 or 2001:db8::/48, without bits set behind its length, or a single address"));
        }

        return networks.ToImmutable();
    }

    /// <summary>Reads a network in CIDR, or a single address.</summary>
    public static bool TryReadNetwork(string text, out IPNetwork network)
    {
        // Bits behind the length would be dropped in silence: 10.20.0.5/8 is more often a wrong length than meant as all of 10.
        if (IPNetwork.TryParse(text, out network)) return IPAddress.TryParse(text.AsSpan(0, text.IndexOf('/')), out var written) && written.Equals(network.BaseAddress);
        var isWhole = text.Contains(':') ? !text.Contains('%') : text.AsSpan().Count('.') == 3; // "10" is an address too, 0.0.0.10, but never meant as one
        if (!isWhole || !IPAddress.TryParse(text, out var address)) return false;
        network = new(address, address.GetAddressBytes().Length * 8);
        return true;
    }

    private static void CheckRate(string field, int? perMinute, List<KeyFault> faults)
    {
        if (perMinute is < 1 or > MaxPerMinute) faults.Add(new(field, $"{perMinute} is out of range; allowed are 1 to {MaxPerMinute} a minute"));
    }

    private static string Shown(string? text) => text is null ? "null" : $"\"{(text.Length <= 64 ? text : $"{text[..64]}…")}\"";

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._:-]{0,252}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex StartOfServerName();
}
