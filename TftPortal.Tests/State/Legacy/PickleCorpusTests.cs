using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TftPortal.Engine.State.Legacy;

namespace TftPortal.Tests.State.Legacy;

public sealed class PickleCorpusTests(ITestOutputHelper output)
{
    public static TheoryData<string> Folders => Directory.Exists(PickleCorpus.Shared) ? [PickleCorpus.Fixtures, PickleCorpus.Shared] : [PickleCorpus.Fixtures];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Every_pickle_of_the_corpus_gives_what_its_index_says_in_less_than_512_MB_and_runs_nothing(string folder)
    {
        List<string> wrong = [];
        var (slowest, largest) = (("", TimeSpan.Zero), ("", 0L));
        var index = PickleCorpus.Index(folder);
        foreach (var (file, outcome) in index)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            var given = Outcome(Path.Combine(folder, file));
            var took = Stopwatch.GetElapsedTime(started);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (given != outcome) wrong.Add($"{file}: {given}, and not {outcome}");
            if (allocated > 512 << 20) wrong.Add($"{file}: {allocated} bytes");
            if (took > slowest.Item2) slowest = (file, took);
            if (allocated > largest.Item2) largest = (file, allocated);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{index.Count} pickles; the slowest took {slowest.Item2.TotalMilliseconds:N1} ms ({slowest.Item1}), the largest {largest.Item2 / 1e6:N1} MB ({largest.Item1})."));
        Assert.Empty(wrong);
        Assert.Empty(Directory.EnumerateFiles(Environment.CurrentDirectory, "pickle-was-executed"));
    }

    private static string Outcome(string path)
    {
        try
        {
            var state = LegacyPickle.Parse(File.ReadAllBytes(path));
            using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.ChangeExtension(path, ".json")));
            return Difference(state, expected.RootElement) ?? "accept";
        }
        catch (LegacyRefusedException refused)
        {
            if (refused.Kind is LegacyRefusal.Global or LegacyRefusal.Opcode && !refused.Message.StartsWith($"{refused.Opcode} at byte {refused.Offset}: ", StringComparison.Ordinal))
                return $"does not say where: {refused.Message}";
            return PickleCorpus.Outcome(refused);
        }
    }

    private static string? Difference(PickledState state, JsonElement expected)
    {
        if (state.TickCount != expected.GetProperty("tick_count").GetInt64()) return "another tick_count";
        if (state.Timestamp != expected.GetProperty("timestamp").GetString()) return "another timestamp";
        var timesteps = expected.GetProperty("server_timesteps").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetInt64(), StringComparer.Ordinal);
        if (!timesteps.SequenceEqual(state.ServerTimesteps)) return "other server_timesteps";
        var records = expected.GetProperty("rolling_window");
        if (records.GetArrayLength() != state.Window.Count) return "another number of records";
        return records.EnumerateArray().Zip(state.Window.Items).Where(pair => !IsSameRecord(pair.Second, pair.First)).Select(pair => $"another record than {pair.First}").FirstOrDefault();
    }

    private static bool IsSameRecord(PickleValue record, JsonElement expected)
    {
        var fields = expected.EnumerateObject().ToArray();
        return fields.Length == record.Count && fields.Zip(record.Pairs).All(pair => pair.First.Name == pair.Second.Key && IsSame(pair.Second.Value, pair.First.Value));
    }

    private static bool IsSame(PickleValue value, JsonElement expected) => expected.ValueKind switch
    {
        JsonValueKind.Null => value.Kind == PickleKind.None,
        JsonValueKind.True or JsonValueKind.False => value.Kind == PickleKind.Boolean && value.Boolean == expected.GetBoolean(),
        JsonValueKind.String => value.Text == expected.GetString(),
        _ when expected.GetRawText().AsSpan().ContainsAny('.', 'e') => value.Kind == PickleKind.Real && BitConverter.DoubleToInt64Bits(value.Real) == BitConverter.DoubleToInt64Bits(expected.GetDouble()),
        _ => value.Kind == PickleKind.Integer && value.Integer == expected.GetInt64(),
    };
}
