using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using TftPortal.Engine.Intake;

namespace TftPortal.Api;

/// <summary>What <c>POST /feed/data</c> says: the old daemon's fields first and in its order, ours after them.</summary>
internal static class FeedAnswers
{
    public static ReadOnlyMemory<byte> EmptyBatch { get; } = """{"status":"ignored","reason":"empty batch"}"""u8.ToArray();

    public static string TooLarge(int limit) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"detail":"The body is larger than {{limit}} bytes (Feed:MaxBodyBytes). Send smaller batches."}""");

    public static ReadOnlyMemory<byte> Accepted(ParsedFeed parsed, IntakeReceipt receipt) => Write(json =>
    {
        var counts = receipt.Counts;
        json.WriteStartObject();
        json.WriteString("status", "accepted");
        json.WriteNumber("tick", counts.Tick);
        json.WriteNumber("window_size", counts.Records);
        json.WriteNumber("servers_tracked", counts.ServersTracked);
        json.WriteNumber("servers_ready", counts.ServersReady);
        json.WriteBoolean("warmup_complete", counts.IsWarm);
        WriteRecords(json, parsed, Merge(parsed, receipt.Refused), receipt.Refused.Count);
        json.WriteEndObject();
    });

    public static ReadOnlyMemory<byte> AllRefused(ParsedFeed parsed, IReadOnlyList<RefusedReading> refused) => Write(json =>
    {
        var faults = Merge(parsed, refused);
        json.WriteStartObject();
        json.WriteStartArray("detail");
        foreach (var fault in faults)
        {
            json.WriteStartObject();
            json.WriteStartArray("loc");
            json.WriteStringValue("body");
            json.WriteStringValue("records");
            json.WriteNumberValue(fault.Index);
            if (fault.Field.Length > 0) json.WriteStringValue(fault.Field);
            json.WriteEndArray();
            json.WriteString("msg", fault.Reason);
            json.WriteString("type", fault.Type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        // Records that are no objects at all were a malformed request to the old daemon too: they get its answer and no more.
        if (parsed.NotObjects < parsed.Records) WriteRecords(json, parsed, faults, refused.Count);
        json.WriteEndObject();
    });

    public static ReadOnlyMemory<byte> Misshapen(ImmutableArray<ShapeFault> faults) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("detail");
        foreach (var fault in faults)
        {
            json.WriteStartObject();
            json.WriteStartArray("loc");
            json.WriteStringValue("body");
            if (fault.OnRecords) json.WriteStringValue("records");
            if (fault.Position is { } place) json.WriteNumberValue(place.Offset);
            json.WriteEndArray();
            json.WriteString("msg", fault.Message);
            json.WriteString("type", fault.Type);
            if (fault.Position is { } position)
            {
                json.WriteStartObject("ctx");
                json.WriteString("msg", position.Message);
                json.WriteString("doc", position.Excerpt);
                json.WriteNumber("pos", position.Offset);
                json.WriteNumber("lineno", position.Line);
                json.WriteNumber("colno", position.Column);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>The faults of the parser and of the window, in the order of the records.</summary>
    private static IReadOnlyList<RecordFault> Merge(ParsedFeed parsed, IReadOnlyList<RefusedReading> refused)
    {
        if (refused.Count == 0) return parsed.Faults;
        var fromWindow = refused.Take(ParsedFeed.MaxFaults).Select(reading => new RecordFault(
            parsed.IndexOf(reading.Index), parsed.Batch.Server(reading.Index), reading.Field, ValueOf(parsed, reading), reading.Reason, "value_error.window"));
        return [.. parsed.Faults.Concat(fromWindow).OrderBy(fault => fault.Index).Take(ParsedFeed.MaxFaults)];
    }

    private static string? ValueOf(ParsedFeed parsed, RefusedReading reading) => reading.Field switch
    {
        "timestamp" when Timestamps.TryFrom(parsed.Batch.UnixMilliseconds(reading.Index), out var time) => $"\"{Timestamps.Text(time)}\"",
        "server_name" => $"\"{parsed.Batch.Server(reading.Index)}\"",
        _ => null,
    };

    private static void WriteRecords(Utf8JsonWriter json, ParsedFeed parsed, IReadOnlyList<RecordFault> faults, int refusedByWindow)
    {
        json.WriteNumber("records_accepted", parsed.Batch.Count - refusedByWindow);
        json.WriteNumber("records_rejected", parsed.Rejected + refusedByWindow);
        json.WriteStartArray("errors");
        foreach (var fault in faults)
        {
            json.WriteStartObject();
            json.WriteNumber("index", fault.Index);
            json.WriteString("server_name", fault.ServerName);
            json.WriteString("field", fault.Field);
            json.WritePropertyName("value");
            json.WriteRawValue(fault.ValueJson ?? "null");
            json.WriteString("reason", fault.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, JsonStyle.Compact)) write(json);
        return buffer.WrittenMemory;
    }
}
