using static System.FormattableString;

namespace TftPortal.Engine.State.Legacy;

/// <summary>Reads the state that the old daemon pickled: a dict of <c>rolling_window</c>, <c>tick_count</c>, <c>server_timesteps</c>, <c>timestamp</c>.</summary>
internal sealed class LegacyPickle(RecordJudge judge, TimeProvider clock)
{
    /// <summary>Reads it.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="progress">Told now and then how far it is.</param>
    /// <param name="stop">Ends the reading.</param>
    /// <exception cref="LegacyRefusedException">It is not read.</exception>
    public LegacyState Read(byte[] bytes, IProgress<LegacyProgress>? progress, CancellationToken stop)
    {
        var state = Parse(bytes, progress, stop);
        using var records = new LegacyRecords(judge, state.Window.Count);
        var done = 0;
        foreach (var record in state.Window.Items)
        {
            if (done % 1_000 == 0)
            {
                stop.ThrowIfCancellationRequested();
                progress?.Report(new(LegacyStage.Judging, done, state.Window.Count));
            }

            done++;
            Write(record, records);
        }

        records.Complete();
        return new()
        {
            Readings = records.Readings,
            TickCount = state.TickCount,
            ServerTimesteps = state.ServerTimesteps,
            Timestamp = LegacyTime.Read(state.Timestamp, clock.LocalTimeZone),
            RefusedRecords = records.Refused,
            Reasons = records.Reasons,
        };
    }

    /// <summary>Reads the pickle and holds it against the schema; its records are not judged yet.</summary>
    internal static PickledState Parse(byte[] bytes, IProgress<LegacyProgress>? progress = null, CancellationToken stop = default)
    {
        var root = PickleReader.Read(bytes, progress, stop);
        var top = root.Kind == PickleKind.Dictionary ? root : throw Schema($"a {root.Kind} and no dictionary");
        var window = Of(top, "rolling_window") is { Kind: PickleKind.List } list ? list : throw Schema("rolling_window is no list");
        var index = 0;
        foreach (var record in window.Items) CheckRecord(record, index++);

        var tick = Of(top, "tick_count");
        if (!IsCount(tick)) throw Schema("tick_count is no integer from 0 to 2^63 − 1");
        var counts = Of(top, "server_timesteps") is { Kind: PickleKind.Dictionary } dictionary ? dictionary : throw Schema("server_timesteps is no dictionary");
        var timesteps = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (server, count) in counts.Pairs) timesteps.Add(server, IsCount(count) ? count.Integer : throw Schema("server_timesteps holds what is no integer from 0 to 2^63 − 1"));

        if (top.TryGet("timestamp", out var timestamp) && timestamp.Kind is not (PickleKind.Text or PickleKind.None)) throw Schema("timestamp is no text");
        return new(window, tick.Integer, timesteps, timestamp.Text);
    }

    private static void CheckRecord(PickleValue value, int index)
    {
        if (value.Kind != PickleKind.Dictionary) throw Schema(Invariant($"record {index} is no dictionary"));
        foreach (var (_, field) in value.Pairs)
        {
            if (field.Kind is not (PickleKind.None or PickleKind.Boolean or PickleKind.Integer or PickleKind.Real or PickleKind.Text))
                throw Schema(Invariant($"record {index} holds a {field.Kind}; a record is flat, of text, numbers of 64 bits, truth values and None"));
        }
    }

    private static void Write(PickleValue record, LegacyRecords records)
    {
        records.Begin();
        foreach (var (key, value) in record.Pairs)
        {
            switch (value.Kind)
            {
                case PickleKind.Text: records.Field(key, value.Text!); break;
                case PickleKind.Integer: records.Field(key, value.Integer); break;
                case PickleKind.Real: records.Field(key, value.Real); break;
                case PickleKind.Boolean: records.Field(key, value.Boolean); break;
                default: break; // None is absent
            }
        }

        records.End();
    }

    private static bool IsCount(PickleValue value) => value.Kind == PickleKind.Integer && value.Integer >= 0;

    private static PickleValue Of(PickleValue top, string key) => top.TryGet(key, out var value) ? value : throw Schema($"it has no {key}");

    private static LegacyRefusedException Schema(string reason) => new(LegacyRefusal.Schema, $"The pickle is plain data, but no state of the old daemon: {reason}");
}

/// <summary>A pickled state, held against the schema.</summary>
/// <param name="Window">The records: flat dictionaries.</param>
/// <param name="TickCount">How many batches the daemon had taken.</param>
/// <param name="ServerTimesteps">How many readings of each server.</param>
/// <param name="Timestamp">When it was written, as the file says it.</param>
internal sealed record PickledState(PickleValue Window, long TickCount, IReadOnlyDictionary<string, long> ServerTimesteps, string? Timestamp);
