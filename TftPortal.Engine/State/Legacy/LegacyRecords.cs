using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.State.Legacy;

/// <summary>
/// Takes the records of a file field by field and has them judged, a body of some hundred at a time.
/// What a file repeats is not repeated here without bound: a string is cut behind what any field of a reading may hold.
/// </summary>
internal sealed class LegacyRecords : IDisposable
{
    private const int BodyRecords = 1_000;
    private const int BodyBytes = 1 << 20;
    private const int LongestText = 300; // a server's name has 253 letters; longer texts are refused or ignored anyway
    private const int LongestName = 64; // a field's; a longer one is none of ours

    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly RecordJudge judge;
    private readonly ArrayBufferWriter<byte> body = new();
    private readonly Utf8JsonWriter writer;
    private readonly List<string> reasons = [];
    private int records;
    private int inBody;
    private int refused;

    /// <summary>Starts empty.</summary>
    /// <param name="judge">The rules for readings.</param>
    /// <param name="expected">About how many records there will be.</param>
    public LegacyRecords(RecordJudge judge, int expected)
    {
        this.judge = judge;
        writer = new(body, Options);
        Readings = new(Math.Min(expected, 100_000));
    }

    /// <summary>The accepted readings so far.</summary>
    public ReadingBatch Readings { get; }

    /// <summary>How many records are refused so far.</summary>
    public int Refused => refused;

    /// <summary>Why; the first <see cref="LegacyState.MaxReasons"/>.</summary>
    public IReadOnlyList<string> Reasons => reasons;

    public void Begin()
    {
        if (inBody == 0)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("records"u8);
        }

        writer.WriteStartObject();
    }

    public void Field(string name, string value)
    {
        if (IsOurs(name)) writer.WriteString(name, value.AsSpan(0, Math.Min(value.Length, LongestText)));
    }

    public void Field(string name, long value)
    {
        if (IsOurs(name)) writer.WriteNumber(name, value);
    }

    public void Field(string name, bool value)
    {
        if (IsOurs(name)) writer.WriteBoolean(name, value);
    }

    /// <summary>A number. NaN is what pandas makes of an absent one, so it is absent; an infinite one is refused as the feed refuses it, as a number too large.</summary>
    public void Field(string name, double value)
    {
        if (double.IsNaN(value) || !IsOurs(name)) return;
        if (double.IsFinite(value)) writer.WriteNumber(name, value);
        else
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(value > 0 ? "1e400"u8 : "-1e400"u8, skipInputValidation: true);
        }
    }

    public void End()
    {
        writer.WriteEndObject();
        records++;
        if (++inBody >= BodyRecords || writer.BytesCommitted + writer.BytesPending > BodyBytes) Judge();
    }

    /// <summary>Has the last records judged.</summary>
    public void Complete()
    {
        if (inBody > 0) Judge();
    }

    /// <inheritdoc/>
    public void Dispose() => writer.Dispose();

    private static bool IsOurs(string name) => name.Length <= LongestName;

    private void Judge()
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        var judged = judge(body.WrittenSpan);
        var accepted = judged.Accepted;
        for (var i = 0; i < accepted.Count; i++) Readings.Add(accepted.Server(i), accepted.UnixMilliseconds(i), accepted.Profile(i), accepted.Status(i), accepted.Values(i));
        refused += judged.Refused;
        foreach (var fault in judged.Faults.Take(LegacyState.MaxReasons - reasons.Count)) reasons.Add(Sentence(fault));
        body.ResetWrittenCount();
        writer.Reset();
        inBody = 0;
    }

    private string Sentence(RecordRefusal fault)
    {
        var index = records - inBody + fault.Index;
        var server = fault.Server is null ? "" : $" ({fault.Server})";
        var field = fault.Field.Length == 0 ? "" : fault.Field + ": ";
        return string.Create(CultureInfo.InvariantCulture, $"Record {index}{server}: {field}{fault.Reason}.");
    }
}
