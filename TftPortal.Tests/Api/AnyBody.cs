using System.Text;
using CsCheck;

namespace TftPortal.Tests.Api;

/// <summary>Bodies that anybody may send to <c>POST /feed/data</c>: nearly right ones, since those get furthest, and such as no client ever meant.</summary>
internal static class AnyBody
{
    private static readonly string[] Fields =
    [
        "timestamp", "server_name", "profile", "status", "state", "cpu_user_pct", "cpu_sys_pct", "cpu_iowait_pct", "cpu_idle_pct", "java_cpu_pct", "mem_used_pct", "swap_used_pct", "disk_usage_pct",
        "net_in_mb_s", "net_out_mb_s", "back_close_wait", "front_close_wait", "load_average", "uptime_days", "problem_child", "notes", "cpu_pct", "mem_pct", "records", "", "load\\u005faverage",
    ];

    private static readonly string[] Odd =
    [
        "0", "-0", "1", "71.4", "100", "100.01", "-1", "1e400", "-1e400", "1e-400", "1E+2", "01", "+1", ".5", "1.", "0x10", "NaN", "Infinity", "-Infinity", "9223372036854775808", "1" + new string('0', 400),
        "null", "true", "false", "\"\"", "\"12\"", "\"web-01\"", "\"2026-11-24T01:51:29Z\"", "\"2026-11-24T01:51:29\"", "\"2026-11-24T25:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59-14:00\"",
        "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud83d\\ude00\"", "\"😀\"", "\"\\q\"", "\"\t\"", "\"../../etc/passwd\"", "\"web\\u002d01\"", "\"ml_compute\"", "\"idle\"", "[]", "{}", "[1]", "{\"a\":1}", "{\"a\":1,\"a\":2}",
        $"\"{new string('x', 300)}\"", new string('[', 70) + new string(']', 70), string.Concat(Enumerable.Repeat("{\"a\":", 70)) + "1" + new string('}', 70), "", "]", "}", ",", "\"", "/*", "//",
    ];

    private const string Good = "{\"timestamp\":\"2026-11-24T01:51:29Z\",\"server_name\":\"web-01\",\"cpu_idle_pct\":71.5,\"mem_used_pct\":62.1,\"load_average\":1.2}";

    private static readonly Gen<string> Value = Gen.Frequency((6, Gen.Int[0, Odd.Length - 1].Select(index => Odd[index])), (2, Gen.Double.Select(number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture))), (1, Gen.String[0, 20].Select(text => $"\"{text}\"")));

    private static readonly Gen<string> Name = Gen.Frequency((9, Gen.Int[0, Fields.Length - 1].Select(index => Fields[index])), (1, Gen.String[0, 8]));

    private static readonly Gen<string> Record = Gen.Frequency(
        (2, Gen.Const(Good)),
        (3, Gen.Select(Name, Value).Select((name, value) => $"{Good[..^1]},\"{name}\":{value}}}")),
        (3, Gen.Select(Name, Value).Array[0, 8].Select(pairs => $"{{{string.Join(',', pairs.Select(pair => $"\"{pair.Item1}\":{pair.Item2}"))}}}")),
        (1, Value));

    private static readonly Gen<byte[]> Shaped = Gen.Frequency(
        (12, Record.Array[0, 4].Select(records => $"{{\"records\":[{string.Join(',', records)}]}}")),
        (2, Gen.Select(Name, Value, Record).Select((name, value, record) => $"{{\"{name}\":{value},\"records\":[{record}]}}")),
        (1, Gen.Select(Record, Value).Select((record, value) => $"{{\"records\":[{record}]}}{value}")),
        (1, Value.Select(value => $"{{\"records\":{value}}}")),
        (1, Value)).Select(Encoding.UTF8.GetBytes);

    // A byte changed, left out or doubled, or the end cut off.
    private static readonly Gen<byte[]> Damaged = Gen.Select(Shaped, Gen.Int[0, 3], Gen.Int[0, 100_000], Gen.Byte).Select((body, how, where, value) =>
    {
        if (body.Length == 0) return body;
        var at = where % body.Length;
        return how switch
        {
            0 => [.. body[..at], value, .. body[(at + 1)..]],
            1 => [.. body[..at], .. body[(at + 1)..]],
            2 => [.. body[..at], body[at], .. body[at..]],
            _ => body[..at],
        };
    });

    /// <summary>Any of them.</summary>
    public static Gen<byte[]> Sent { get; } = Gen.Frequency((5, Shaped), (4, Damaged), (1, Gen.Byte.Array[0, 60]));
}
