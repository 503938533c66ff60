using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace TftPortal.Engine.Intake;

/// <summary>
/// Reads the body of <c>POST /feed/data</c>, <c>{"records":[{…},…]}</c>, straight into the columns of a batch: no objects a record.
/// Safe for many threads at once.
/// </summary>
/// <param name="profiles">Tells profiles from names, for readings that give none.</param>
/// <param name="clock">Whose local time zone timestamps without an offset are in.</param>
public sealed class ReadingParser(ProfileNaming profiles, TimeProvider clock)
{
    /// <summary>How deep a body may nest; deeper ones are refused as a whole.</summary>
    /// <value>From 3, which a batch needs, to 128; 64 by default.</value>
    public int MaxDepth { get; init; } = 64;

    /// <summary>How many records a body may have; one with more is refused as a whole.</summary>
    /// <value>100,000 by default.</value>
    public int MaxRecords { get; init; } = 100_000;

    private const int BytesPerRecord = 400; // rather low: a full record has some 490, and a batch made too large costs less than one that grows
    private const int MaxOtherFields = 128;
    private readonly ServerNames names = new(profiles);

    /// <summary>Reads a body that may be in pieces.</summary>
    public ParsedFeed Parse(in ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment) return Parse(body.FirstSpan);
        var length = checked((int)body.Length);
        var whole = ArrayPool<byte>.Shared.Rent(length); // one copy costs a hundredth of what tokens across pieces do
        try
        {
            body.CopyTo(whole);
            return Parse(whole.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    /// <summary>Reads a body.</summary>
    public ParsedFeed Parse(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8)) body = body[3..];
        if (body.IsEmpty) return ParsedFeed.Unreadable(ShapeFault.Missing(onRecords: false));
        if (!Utf8.IsValid(body)) return ParsedFeed.Unreadable(NotUtf8(body));
        try
        {
            return ParseJson(body);
        }
        catch (JsonException)
        {
            return ParsedFeed.Unreadable(MalformedJson.Find(body, MaxDepth));
        }
    }

    private ParsedFeed ParseJson(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            var isNull = reader.TokenType == JsonTokenType.Null;
            reader.Skip();
            reader.Read(); // the rest must be JSON too
            return ParsedFeed.Unreadable(isNull ? ShapeFault.Missing(onRecords: false) : ShapeFault.NotAnObject);
        }

        ReadingValidator? validator = null;
        var fault = ShapeFault.Missing(onRecords: true);
        var seen = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isRecords = reader.ValueTextEquals("records"u8);
            reader.Read();
            if (!isRecords)
            {
                reader.Skip();
                continue;
            }

            if (seen) fault = ShapeFault.Twice;
            else if (reader.TokenType == JsonTokenType.Null) fault = ShapeFault.NotAllowedNull;
            else if (reader.TokenType != JsonTokenType.StartArray) fault = ShapeFault.NotAList;
            else fault = null;
            seen = true;
            if (fault is not null)
            {
                reader.Skip();
                continue;
            }

            validator = new(names, new(clock), body.Length / BytesPerRecord);
            if (!ReadRecords(ref reader, validator)) return ParsedFeed.Unreadable(ShapeFault.TooMany(MaxRecords));
        }

        reader.Read();
        return fault is not null ? ParsedFeed.Unreadable(fault) : validator!.Result();
    }

    private bool ReadRecords(ref Utf8JsonReader reader, ReadingValidator validator)
    {
        var left = MaxRecords;
        var others = new ulong[MaxOtherFields];
        var name = new byte[64];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (left-- == 0) return false;
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadRecord(ref reader, validator, others, name);
            }
            else
            {
                validator.NotAnObject(reader);
                reader.Skip();
            }
        }

        return true;
    }

    private static void ReadRecord(ref Utf8JsonReader reader, ReadingValidator validator, ulong[] others, byte[] buffer)
    {
        validator.Begin();
        uint seen = 0;
        var otherCount = 0;
        var tooMany = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            if (reader.ValueIsEscaped && FaultValue.Unescape(reader, buffer) is var length and >= 0) name = buffer.AsSpan(0, length);
            var field = RecordFields.Find(name);
            if (field >= 0)
            {
                if ((seen & (1u << field)) != 0) validator.Twice(RecordFields.Names[field]);
                seen |= 1u << field;
                reader.Read();
                validator.Take(field, reader);
            }
            else
            {
                // Fields of others are ignored, but one given twice still makes the record ambiguous.
                var hash = Utf8Hash.Of(name);
                if (others.AsSpan(0, otherCount).Contains(hash)) validator.Twice(FaultValue.Text(reader));
                else if (otherCount < others.Length) others[otherCount++] = hash;
                else tooMany = true;
                reader.Read();
            }

            reader.Skip();
        }

        if (tooMany) validator.TooManyFields(others.Length);
        validator.Complete();
    }

    private static ShapeFault NotUtf8(ReadOnlySpan<byte> body)
    {
        var offset = 0;
        while (System.Text.Rune.DecodeFromUtf8(body[offset..], out _, out var length) == OperationStatus.Done) offset += length;
        return MalformedJson.At(body, "Invalid UTF-8", offset);
    }
}
