using System.Collections.Immutable;
using TftPortal.Access.ApiKeys;

namespace TftPortal.Access;

/// <summary>One client on one route, as the limits see it.</summary>
internal sealed record LimitedClient
{
    /// <summary>The key's id, or the address; <c>*</c> for all that no window was left for.</summary>
    public required string Client { get; init; }

    /// <summary>The key's name; null where it is an address, or a key that is gone.</summary>
    public required string? KeyName { get; init; }

    /// <summary>Whether the client is a key.</summary>
    public required bool IsKey { get; init; }

    public required string Route { get; init; }

    /// <summary>Hits in the window that runs; 0 where none does.</summary>
    public required int Hits { get; init; }

    /// <summary>Hits allowed a minute; null where no window runs.</summary>
    public required int? Limit { get; init; }

    /// <summary>How long the window still runs; null where none does.</summary>
    public required TimeSpan? EndsIn { get; init; }

    /// <summary>Requests answered 429 within the last hour.</summary>
    public required int RefusedInHour { get; init; }

    public required DateTimeOffset? LastRefusedAt { get; init; }

    /// <summary>Whether the next request is answered 429.</summary>
    public bool IsLimited => Hits >= Limit;
}

/// <summary>Who is being limited.</summary>
/// <param name="Clients">Those limited now, then those refused within the last hour, then those nearest their limit.</param>
/// <param name="WrongKeys">Addresses that sent wrong keys within the last hour, the latest first.</param>
/// <param name="Windows">How many windows are kept in all.</param>
internal sealed record LimitsReport(ImmutableArray<LimitedClient> Clients, ImmutableArray<HourCount> WrongKeys, int Windows);

/// <summary>Puts together who is being limited. Bounded, whatever comes in.</summary>
internal sealed class LimitsPicture(RateLimits limits, WrongKeys wrong, KeyRing keys)
{
    /// <summary>How many clients that were not refused are shown.</summary>
    public const int MaxRunning = 200;

    private const string KeyPrefix = "key:";

    public LimitsReport Take()
    {
        var refusals = limits.Refusals.Read().ToDictionary(count => (count.Client, count.Route));
        var clients = new List<LimitedClient>();
        foreach (var window in limits.Running(MaxRunning + HourBook.MaxClients))
        {
            var refused = refusals.Remove((window.Client, window.Route), out var count) ? count : default;
            clients.Add(Client(window.Client, window.Route, window, refused));
        }

        clients.AddRange(refusals.Values.Select(count => Client(count.Client, count.Route, null, count)));
        var shown = clients.OrderByDescending(client => client.IsLimited).ThenByDescending(client => client.LastRefusedAt).ThenByDescending(client => (double)client.Hits / (client.Limit ?? 1));
        return new([.. shown.Take(MaxRunning + HourBook.MaxClients)], wrong.Book.Read(), limits.Windows);
    }

    private LimitedClient Client(string client, string route, RunningWindow? window, in HourCount refused)
    {
        var isKey = client.StartsWith(KeyPrefix, StringComparison.Ordinal);
        var name = isKey ? client[KeyPrefix.Length..] : client;
        return new()
        {
            Client = name,
            KeyName = isKey ? keys.Get(name)?.Key.Name : null,
            IsKey = isKey,
            Route = route,
            Hits = window?.Hits ?? 0,
            Limit = window?.Limit,
            EndsIn = window?.EndsIn,
            RefusedInHour = refused.InHour,
            LastRefusedAt = refused.InHour > 0 ? refused.LastAt : null,
        };
    }
}
