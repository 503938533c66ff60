using System.Collections.Immutable;
using Microsoft.AspNetCore.WebUtilities;

namespace TftPortal.Dashboard.History;

/// <summary>What the page asks for, as its address carries it.</summary>
/// <param name="Range">A range by name; null where <paramref name="From"/> says.</param>
/// <param name="From">ISO 8601, UTC; null where <paramref name="Range"/> says.</param>
/// <param name="To">The same; null for now.</param>
/// <param name="Server">Name of a server; null for the whole fleet.</param>
/// <param name="Skip">How many of the newest alerts are passed over.</param>
public sealed record HistoryAsk(string? Range, string? From, string? To, string? Server, int Skip)
{
    /// <summary>Alerts on a page.</summary>
    public const int Page = 50;
    /// <summary>Names of servers that are offered.</summary>
    public const int MostNames = 1_000;

    /// <summary>The fleet's last day.</summary>
    public static HistoryAsk Day { get; } = new("1d", null, null, null, 0);

    /// <summary>The ranges that are offered.</summary>
    public static ImmutableArray<(string Name, string Label)> Ranges { get; } = [("30m", "30 min"), ("1h", "1 h"), ("8h", "8 h"), ("1d", "1 day"), ("1w", "1 week"), ("1M", "30 days")];

    /// <summary>The tables that can be taken along.</summary>
    public static ImmutableArray<(string Table, string What)> Tables { get; } =
        [("steps", "Every step of every metric"), ("hours", "Hours: mean, least and largest"), ("alerts", "Alerts"), ("fleet", "The fleet's risks and probabilities")];

    /// <summary>The range by name; a day where the address says nothing.</summary>
    public string? Range { get; init; } = Range ?? (string.IsNullOrEmpty(From) ? "1d" : null);

    /// <summary>The server; null for the fleet.</summary>
    public string? Server { get; init; } = string.IsNullOrWhiteSpace(Server) ? null : Server.Trim();

    /// <summary>The start; null where a name says.</summary>
    public string? From { get; init; } = string.IsNullOrEmpty(From) ? null : From;

    /// <summary>The end; null for now.</summary>
    public string? To { get; init; } = string.IsNullOrEmpty(To) ? null : To;

    /// <summary>The page's address.</summary>
    public string Address => QueryHelpers.AddQueryString("history", Query(Skip > 0 ? [new("skip", Skip.ToString(System.Globalization.CultureInfo.InvariantCulture))] : []));

    /// <summary>The same of a range by name.</summary>
    public HistoryAsk With(string range) => this with { Range = range, From = null, To = null, Skip = 0 };

    /// <summary>The same between two times.</summary>
    public HistoryAsk Between(string? from, string? to) => string.IsNullOrEmpty(from) ? With("1d") : this with { Range = null, From = from, To = string.IsNullOrEmpty(to) ? null : to, Skip = 0 };

    /// <summary>The same of a server, or of the fleet.</summary>
    public HistoryAsk Of(string? server) => this with { Server = string.IsNullOrWhiteSpace(server) ? null : server.Trim(), Skip = 0 };

    /// <summary>The address of a table of it.</summary>
    public string Download(string table, string format) => QueryHelpers.AddQueryString(HistoryDownload.Folder + table, Query([new("format", format)]));

    private IEnumerable<KeyValuePair<string, string?>> Query(IEnumerable<KeyValuePair<string, string?>> more) =>
        new KeyValuePair<string, string?>[] { new("range", Range), new("from", From), new("to", To), new("server", Server) }.Where(pair => pair.Value is not null).Concat(more);
}
