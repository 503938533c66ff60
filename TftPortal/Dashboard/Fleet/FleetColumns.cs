using System.Collections.Immutable;

namespace TftPortal.Dashboard.Fleet;

/// <summary>Which columns the table shows; the servers' names always.</summary>
/// <param name="Hidden">Those that it does not show.</param>
public sealed record FleetColumns(ImmutableSortedSet<FleetColumn> Hidden)
{
    /// <summary>The columns that may be hidden, in the table's order, with what a person calls them.</summary>
    public static ImmutableArray<(FleetColumn Column, string Label)> Optional { get; } =
    [
        (FleetColumn.Profile, "Profile"), (FleetColumn.Risk, "Risk"), (FleetColumn.Cpu, "CPU"), (FleetColumn.Memory, "Memory"), (FleetColumn.Disk, "Disk"),
        (FleetColumn.Trend, "Trend"), (FleetColumn.Forecast, "Worst forecast"), (FleetColumn.Model, "Model"), (FleetColumn.Seen, "Last seen"),
    ];

    /// <summary>The columns as the address says them: those that are hidden, with commas. What it gets wrong is ignored.</summary>
    public static FleetColumns From(string? hide) => new(
        [.. (hide ?? "").Split(',').Select(name => Optional.FirstOrDefault(column => Name(column.Column) == name)).Where(column => column.Label is not null).Select(column => column.Column)]);

    /// <summary>Whether a column shows.</summary>
    public bool Show(FleetColumn column) => !Hidden.Contains(column);

    /// <summary>How the address says the columns with one of them turned on or off; null where all show.</summary>
    public string? With(FleetColumn column, bool shown)
    {
        var hidden = shown ? Hidden.Remove(column) : Hidden.Add(column);
        return hidden.IsEmpty ? null : string.Join(',', hidden.Select(Name));
    }

    private static string Name(FleetColumn column) => column.ToString().ToLowerInvariant();
}
