using System.Collections.Immutable;
using Microsoft.AspNetCore.WebUtilities;
using TftPortal.Engine.History;

namespace TftPortal.Dashboard.Server;

/// <summary>What the charts of a server show, as the page's address carries it.</summary>
/// <param name="Server">Name of the server.</param>
/// <param name="Past">How far back, one of <see cref="Pasts"/> by its name.</param>
/// <param name="Ahead">How far ahead, one of <see cref="Aheads"/> by its name.</param>
public sealed record ServerAsk(string Server, string Past, string Ahead)
{
    private const string UsualPast = "8h", UsualAhead = "8h";

    /// <summary>How far back can be looked: 1 hour to 30 days; 8 hours where nothing is said.</summary>
    public static ImmutableArray<(string Name, string Label)> Pasts { get; } = [("1h", "1 h"), ("8h", "8 h"), ("1d", "1 day"), ("1w", "1 week"), ("1M", "30 days")];

    /// <summary>How far ahead can be looked: 1 to 8 hours; 8 hours where nothing is said.</summary>
    public static ImmutableArray<(string Name, string Label, TimeSpan Length)> Aheads { get; } =
        [.. new[] { 1, 2, 4, 8 }.Select(hours => (FormattableString.Invariant($"{hours}h"), FormattableString.Invariant($"{hours} h"), TimeSpan.FromHours(hours)))];

    /// <summary>How far back.</summary>
    public TimeSpan PastLength => HistoryRange.Names[Past];

    /// <summary>How far ahead.</summary>
    public TimeSpan AheadLength => Aheads.First(ahead => ahead.Name == Ahead).Length;

    /// <summary>The page's address.</summary>
    public string Address => QueryHelpers.AddQueryString($"servers/{Uri.EscapeDataString(Server)}", Query);

    /// <summary>The address of what the charts show, as a file.</summary>
    /// <param name="format"><c>csv</c> or <c>json</c>.</param>
    public string Download(string format) => QueryHelpers.AddQueryString($"servers/{Uri.EscapeDataString(Server)}/download", Query.Append(new("format", format)));

    /// <summary>What stands in the address beside the server: nothing for what is usual.</summary>
    private IEnumerable<KeyValuePair<string, string?>> Query
    {
        get
        {
            if (Past != UsualPast) yield return new("past", Past);
            if (Ahead != UsualAhead) yield return new("ahead", Ahead);
        }
    }

    /// <summary>What is shown where nothing is said.</summary>
    public static ServerAsk Usual(string server) => new(server, UsualPast, UsualAhead);

    /// <summary>Reads an address.</summary>
    /// <param name="server">Name of the server.</param>
    /// <param name="past">How far back; null for the usual.</param>
    /// <param name="ahead">How far ahead; null for the usual.</param>
    /// <param name="fault">What is wrong.</param>
    /// <returns>What is asked for; null where something is wrong.</returns>
    public static ServerAsk? Read(string server, string? past, string? ahead, out HistoryRangeFault? fault)
    {
        fault = past is not null && Pasts.All(known => known.Name != past) ? new("past", past, "one of " + string.Join(", ", Pasts.Select(known => known.Name)))
            : ahead is not null && Aheads.All(known => known.Name != ahead) ? new("ahead", ahead, "one of " + string.Join(", ", Aheads.Select(known => known.Name)))
            : null;
        return fault is null ? new(server, past ?? UsualPast, ahead ?? UsualAhead) : null;
    }
}
