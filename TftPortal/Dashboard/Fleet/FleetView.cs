using TftPortal.Dashboard.Words;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Fleet;

/// <summary>Which servers the table shows, and in what order.</summary>
/// <param name="Filter">Which servers.</param>
/// <param name="Column">What to sort by; the outlook's own order is by risk.</param>
/// <param name="Reversed">Whether the column's natural order is turned round.</param>
public sealed record FleetView(FleetFilter Filter, FleetColumn Column, bool Reversed)
{
    /// <summary>A view as its address says it; what the address gets wrong is ignored.</summary>
    public static FleetView From(FleetFilter filter, string? sort)
    {
        var reversed = sort?.StartsWith('-') == true;
        var known = Enum.TryParse<FleetColumn>(sort?.TrimStart('-'), ignoreCase: true, out var column) && Enum.IsDefined(column);
        return new(filter, known ? column : FleetColumn.Risk, known && reversed);
    }

    /// <summary>How the address says a sorting; null for the order by risk.</summary>
    public static string? SortParameter(FleetColumn column, bool reversed) =>
        (column, reversed) is (FleetColumn.Risk, false) ? null : (reversed ? "-" : "") + column.ToString().ToLowerInvariant();

    /// <summary>The servers of a picture in this view. Numbers come largest first, names and times smallest first, missing values last.</summary>
    public ServerOutlook[] Of(FleetOutlook outlook)
    {
        IEnumerable<ServerOutlook> servers = outlook.Servers;
        if (Filter != FleetFilter.All) servers = servers.Where(server => Filter.Lets(server, outlook));
        return Column switch
        {
            FleetColumn.Risk => Reversed ? [.. servers.Reverse()] : [.. servers],
            FleetColumn.Name => Sorted(servers, server => server.Server.Name, StringComparer.OrdinalIgnoreCase),
            FleetColumn.Profile => Sorted(servers, server => Names.Of(server.Server.Profile), StringComparer.OrdinalIgnoreCase),
            FleetColumn.Cpu => Largest(servers, server => Readouts.CpuUsed(server.Server)),
            FleetColumn.Memory => Largest(servers, server => Readouts.Latest(server.Server, Metric.MemUsedPercent)),
            FleetColumn.Disk => Largest(servers, server => Readouts.Latest(server.Server, Metric.DiskUsagePercent)),
            FleetColumn.Forecast or FleetColumn.Trend => Sorted(servers, server => server.Risk.Worst is { } worst ? -worst.Probability : 1, Comparer<double>.Default),
            FleetColumn.Model => Sorted(servers, server => Names.Of(server.Forecast.ModelType), StringComparer.Ordinal),
            _ => Sorted(servers, server => server.Server.LastSeen, Comparer<DateTimeOffset>.Default),
        };
    }

    // A stable sort: equals stay in the outlook's order, the most at risk first.
    private ServerOutlook[] Sorted<TKey>(IEnumerable<ServerOutlook> servers, Func<ServerOutlook, TKey> key, IComparer<TKey> order) =>
        Reversed ? [.. servers.OrderByDescending(key, order)] : [.. servers.OrderBy(key, order)];

    private ServerOutlook[] Largest(IEnumerable<ServerOutlook> servers, Func<ServerOutlook, float> value)
    {
        var known = servers.Select(server => (server, value: value(server))).ToList();
        var present = known.Where(pair => !float.IsNaN(pair.value));
        var sorted = Reversed ? present.OrderBy(pair => pair.value) : present.OrderByDescending(pair => pair.value);
        return [.. sorted.Concat(known.Where(pair => float.IsNaN(pair.value))).Select(pair => pair.server)];
    }
}
