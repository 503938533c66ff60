using System.Collections.Immutable;
using System.Text;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Intake;

/// <summary>The fields of a record: 0–13 are the metrics, in the order of <see cref="Metric"/>.</summary>
internal static class RecordFields
{
    public const int Unknown = -1;
    public const int Timestamp = MetricCatalog.Count;
    public const int ServerName = 15;
    public const int Status = 16;
    public const int State = 17;
    public const int Profile = 18;
    public const int FirstOld = 19;

    /// <summary>The names of version 1 of the old system, and what takes their place.</summary>
    public const string OldNames =
        "a name of version 1: cpu_pct is now cpu_user_pct, cpu_sys_pct, cpu_iowait_pct and cpu_idle_pct; mem_pct is mem_used_pct; disk_io_mb_s has no successor (disk_usage_pct is space in use); latency_ms has none (load_average is nearest)";

    /// <summary>The names on the wire, indexed by field.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        .. MetricCatalog.All.Select(metric => metric.Name),
        "timestamp", "server_name", "status", "state", "profile",
        "cpu_pct", "mem_pct", "disk_io_mb_s", "latency_ms",
    ];

    private const int Slots = 128;
    private static readonly byte[][] Utf8 = [.. Names.Select(Encoding.UTF8.GetBytes)];
    private static readonly sbyte[] Table = BuildTable();

    /// <summary>The field of a name, or <see cref="Unknown"/>.</summary>
    public static int Find(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty) return Unknown;
        for (var slot = SlotOf(name); ; slot = (slot + 1) & (Slots - 1))
        {
            var field = Table[slot];
            if (field < 0) return Unknown;
            if (name.SequenceEqual(Utf8[field])) return field;
        }
    }

    private static int SlotOf(ReadOnlySpan<byte> name) => ((name.Length * 5) + (name[0] * 3) + (name[name.Length / 2] * 7) + name[^1]) & (Slots - 1);

    private static sbyte[] BuildTable()
    {
        var table = new sbyte[Slots];
        Array.Fill(table, (sbyte)Unknown);
        for (var field = 0; field < Utf8.Length; field++)
        {
            var slot = SlotOf(Utf8[field]);
            while (table[slot] >= 0) slot = (slot + 1) & (Slots - 1);
            table[slot] = (sbyte)field;
        }

        return table;
    }
}
