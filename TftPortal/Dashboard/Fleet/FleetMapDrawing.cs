using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Fleet;

/// <summary>One group of the map.</summary>
/// <param name="Name">What its servers have in common.</param>
/// <param name="Servers">How many there are.</param>
/// <param name="AtRisk">How many of them are at warning or critical.</param>
/// <param name="Names">The servers in the order of their cells, a line each.</param>
/// <param name="Levels">Their levels in the same order, a digit each.</param>
public sealed record FleetMapGroup(string Name, int Servers, int AtRisk, string Names, string Levels);

/// <summary>
/// The fleet as a map, one cell a server: sorted once a picture for all who look at it, and drawn by the browser (js/fleet-map.js), so that a picture in which a server changes its level sends a digit a server of its group, and no shapes.
/// A server keeps its place from picture to picture: cells stand by name, not by risk.
/// </summary>
/// <param name="Columns">Cells in a row.</param>
/// <param name="Groups">The groups, by name.</param>
public sealed record FleetMapDrawing(int Columns, ImmutableArray<FleetMapGroup> Groups)
{
    private const int SmallestGroup = 2; // a name that stands alone begins no group of its own
    private static readonly ConditionalWeakTable<FleetOutlook, FleetMapDrawing>[] Drawn = [new(), new()];

    /// <summary>The map of a picture; the same object for everybody who asks.</summary>
    public static FleetMapDrawing Of(FleetOutlook outlook, FleetGrouping grouping) =>
        Drawn[(int)grouping].GetValue(outlook, picture => Draw(picture, grouping));

    /// <summary>The beginning of a name, up to its first digit or its last separator: "web" of "web-01", "db.eu" of "db.eu.7".</summary>
    public static string PrefixOf(string name)
    {
        var end = name.AsSpan().IndexOfAnyInRange('0', '9');
        if (end < 0) end = name.LastIndexOfAny(['-', '_', '.']);
        return (end < 0 ? name : name[..end]).TrimEnd('-', '_', '.') is { Length: > 0 } prefix ? prefix : name;
    }

    private static FleetMapDrawing Draw(FleetOutlook outlook, FleetGrouping grouping)
    {
        var columns = outlook.Servers.Length switch { <= 60 => 10, <= 240 => 14, <= 1_000 => 20, <= 3_000 => 32, _ => 48 };
        var groups = outlook.Servers.GroupBy(server => grouping == FleetGrouping.Profile ? Names.Of(server.Server.Profile) : PrefixOf(server.Server.Name), StringComparer.Ordinal).ToList();
        var alone = groups.Where(group => grouping == FleetGrouping.Prefix && group.Count() < SmallestGroup).ToList();
        if (alone.Count < 2) alone = [];
        var drawn = groups.Except(alone).OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase).Select(group => Draw(group.Key, group));
        return new(columns, [.. drawn, .. alone.Count > 0 ? [Draw("others", alone.SelectMany(group => group))] : Array.Empty<FleetMapGroup>()]);
    }

    private static FleetMapGroup Draw(string name, IEnumerable<ServerOutlook> members)
    {
        var servers = members.OrderBy(server => server.Server.Name, StringComparer.Ordinal).ToList();
        return new(
            name,
            servers.Count,
            servers.Count(server => server.Risk.Level >= RiskLevel.Warning),
            string.Join('\n', servers.Select(server => server.Server.Name)),
            string.Concat(servers.Select(server => (char)('0' + (int)server.Risk.Level))));
    }
}
