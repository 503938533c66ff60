using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Intake;

/// <summary>
/// Judges the records of one body, field by field as the parser meets them, and puts the good ones into a batch.
/// Reports every fault of a record, not only the first. A good record allocates nothing here. One a body.
/// </summary>
internal sealed class ReadingValidator(ServerNames names, TimestampReader timestamps, int expectedRecords)
{
    private const string StatusField = "status";
    private static readonly byte[][] StatusNames = [.. WireNames.Statuses.Select(Encoding.UTF8.GetBytes)];
    private static readonly byte[][] ProfileNames = [.. WireNames.Profiles.Select(Encoding.UTF8.GetBytes)];

    private readonly float[] values = new float[MetricCatalog.Count];
    private readonly byte[] scratch = new byte[512];
    private readonly List<RecordFault> faults = [];
    private int[]? indexes; // of the batch's readings; null while they are 0, 1, 2, …
    private int records;
    private int notObjects;

    // The record at hand.
    private int faultsBefore;
    private bool isBad;
    private bool hasMetric;
    private bool badMetric;
    private string? oldName;
    private string? shownName;
    private NamedServer? server;
    private bool hasTime;
    private long time;
    private bool badTime;
    private bool badName;
    private int status;
    private int state;
    private int profile;

    public ReadingBatch Batch { get; } = new(expectedRecords);

    public ParsedFeed Result() => new(Batch, records, notObjects, faults, indexes);

    public void NotAnObject(in Utf8JsonReader reader)
    {
        Begin();
        notObjects++;
        if (reader.TokenType == JsonTokenType.Null) Refuse("", null, "none is not an allowed value", "type_error.none.not_allowed");
        else Refuse("", FaultValue.Of(reader), "value is not a valid dict", "type_error.dict");
        End();
    }

    public void Begin()
    {
        faultsBefore = faults.Count;
        isBad = hasMetric = badMetric = hasTime = badTime = badName = false;
        (oldName, shownName, server) = (null, null, null);
        status = state = profile = -1;
        values.AsSpan().Fill(float.NaN);
    }

    public void Twice(string field) => Refuse(field, null, $"{field} is given twice; a record has a field once", "value_error.duplicate");

    public void TooManyFields(int allowed) => Refuse("", null, $"more than {allowed} fields that are none of a reading's", "value_error.fields");

    /// <summary>Takes a known field; the reader stands on its value.</summary>
    public void Take(int field, in Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return; // null is absent
        switch (field)
        {
            case < MetricCatalog.Count: TakeMetric(field, reader); break;
            case RecordFields.Timestamp: TakeTimestamp(reader); break;
            case RecordFields.ServerName: TakeName(reader); break;
            case RecordFields.Status: status = TakeWord(field, reader, StatusNames, WireNames.Statuses); break;
            case RecordFields.State: state = TakeWord(field, reader, StatusNames, WireNames.Statuses); break;
            case RecordFields.Profile: profile = TakeWord(field, reader, ProfileNames, WireNames.Profiles); break;
            default: oldName ??= RecordFields.Names[field]; break;
        }
    }

    /// <summary>Ends the record: what is missing, what contradicts, and into the batch with it if nothing does.</summary>
    public void Complete()
    {
        if (!hasTime && !badTime) Refuse("timestamp", null, $"missing; a reading needs {TimestampReader.Allowed}", "value_error.missing");
        if (server is null && !badName) Refuse("server_name", null, "missing; a reading needs its server's name", "value_error.missing");
        if (!hasMetric && !badMetric)
        {
            if (oldName is not null) Refuse(oldName, null, RecordFields.OldNames, "value_error.version");
            else Refuse("", null, $"no metric; at least one of {string.Join(", ", MetricCatalog.All.Select(metric => metric.Name))} is needed", "value_error.missing");
        }

        if (status >= 0 && state >= 0 && status != state)
            Refuse("state", $"\"{WireNames.Statuses[state]}\"", $"state says {WireNames.Statuses[state]}, status says {WireNames.Statuses[status]}; they are one field, send one", "value_error.contradiction");
        if (!isBad)
        {
            var word = Math.Max(status, state);
            Remember(records);
            Batch.Add(server!.Name, time, profile < 0 ? server.Profile : (ServerProfile)profile, word < 0 ? ServerStatus.Healthy : (ServerStatus)word, values);
        }

        End();
    }

    private void End()
    {
        for (var i = faultsBefore; i < faults.Count; i++) faults[i] = faults[i] with { ServerName = server?.Name ?? shownName };
        records++;
    }

    private void TakeMetric(int field, in Utf8JsonReader reader)
    {
        var metric = MetricCatalog.All[field];
        if (reader.TokenType != JsonTokenType.Number)
        {
            badMetric = true;
            Refuse(metric.Name, reader, $"{FaultValue.Kind(reader)} is not a number; {metric.Name} is {metric.Allowed}", "type_error.float");
            return;
        }

        var value = NumberReader.Read(reader.ValueSpan);
        if (!double.IsFinite(value)) Refuse(ref badMetric, metric.Name, reader, $"too large a number; {metric.Name} is {metric.Allowed}", "value_error.number.not_finite_number");
        else if (value < 0 || value > metric.Maximum) Refuse(ref badMetric, metric.Name, reader, $"out of range; {metric.Name} is {metric.Allowed}", "value_error.number.range");
        else if (metric.IsInteger && value != Math.Floor(value)) Refuse(ref badMetric, metric.Name, reader, $"not whole; {metric.Name} is {metric.Allowed}", "type_error.integer");
        else
        {
            values[field] = (float)Math.Min(value, float.MaxValue) + 0f; // + 0: no negative zero
            hasMetric = true;
        }
    }

    private void TakeTimestamp(in Utf8JsonReader reader)
    {
        if (Text(reader, out var text) && timestamps.TryRead(text, out time)) hasTime = true;
        else Refuse(ref badTime, "timestamp", reader, $"not a timestamp; a reading needs {TimestampReader.Allowed}", "value_error.datetime");
    }

    private void TakeName(in Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            Refuse(ref badName, "server_name", reader, $"{FaultValue.Kind(reader)} is not text; a server's name is", "type_error.str");
            return;
        }

        if (Text(reader, out var text)) server = names.Find(text);
        if (server is not null) return;
        shownName = FaultValue.Text(reader);
        Refuse(ref badName, "server_name", reader, "not a server's name: 1 to 253 of A–Z, a–z, 0–9, '.', '_', ':', '-', a letter or digit first", "value_error.str.regex");
    }

    private int TakeWord(int field, in Utf8JsonReader reader, byte[][] words, ImmutableArray<string> allowed)
    {
        if (Text(reader, out var text))
        {
            for (var i = 0; i < words.Length; i++)
            {
                if (text.SequenceEqual(words[i])) return i;
            }
        }

        var name = RecordFields.Names[field];
        var noun = field == RecordFields.State ? StatusField : name;
        Refuse(name, reader, $"unknown {noun}; allowed are {string.Join(", ", allowed)}", "value_error.const");
        return -1;
    }

    /// <summary>The text of a string, unescaped; false where the value is no string, or too long or too odd to be any of ours.</summary>
    private bool Text(in Utf8JsonReader reader, out ReadOnlySpan<byte> text)
    {
        text = reader.ValueSpan;
        if (reader.TokenType != JsonTokenType.String) return false;
        if (!reader.ValueIsEscaped) return true;
        var length = FaultValue.Unescape(reader, scratch);
        if (length >= 0) text = scratch.AsSpan(0, length);
        return length >= 0;
    }

    private void Refuse(ref bool flag, string field, in Utf8JsonReader reader, string reason, string type)
    {
        flag = true;
        Refuse(field, reader, reason, type);
    }

    private void Refuse(string field, in Utf8JsonReader reader, string reason, string type) =>
        Refuse(field, faults.Count < ParsedFeed.MaxFaults ? FaultValue.Of(reader) : null, reason, type);

    private void Refuse(string field, string? valueJson, string reason, string type)
    {
        if (!isBad) RememberAll();
        isBad = true;
        if (faults.Count < ParsedFeed.MaxFaults) faults.Add(new(records, null, field, valueJson, reason, type));
    }

    // Indexes are only kept from the first refused record on.
    private void RememberAll()
    {
        if (indexes is not null) return;
        indexes = new int[Math.Max(16, Batch.Count * 2)];
        for (var i = 0; i < Batch.Count; i++) indexes[i] = i;
    }

    private void Remember(int index)
    {
        if (indexes is null) return;
        if (Batch.Count == indexes.Length) Array.Resize(ref indexes, indexes.Length * 2);
        indexes[Batch.Count] = index;
    }
}
