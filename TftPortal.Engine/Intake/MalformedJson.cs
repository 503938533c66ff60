using System.Buffers;
using System.Globalization;
using System.Text;

namespace TftPortal.Engine.Intake;

/// <summary>
/// Says where a text that is no JSON goes wrong, in the words and with the positions of Python's <c>json</c> module, which is how the old daemon said it.
/// Runs only on texts that the real reader has refused.
/// </summary>
internal ref struct MalformedJson
{
    private const int MaxDepth = 128; // past the reader's own limit: then depth is the fault
    private const int ExcerptBefore = 80;
    private const int ExcerptAfter = 40;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private readonly ReadOnlySpan<byte> text;
    private int at;
    private string? message;

    private MalformedJson(ReadOnlySpan<byte> text) => this.text = text;

    /// <summary>The fault of a text that the JSON reader refused.</summary>
    /// <param name="text">Valid UTF-8.</param>
    /// <param name="maxDepth">The reader's limit.</param>
    public static ShapeFault Find(ReadOnlySpan<byte> text, int maxDepth)
    {
        var scan = new MalformedJson(text);
        scan.Spaces();
        if (scan.Value(0))
        {
            scan.Spaces();
            if (scan.at < text.Length) scan.Fail("Extra data", scan.at);
        }

        return At(text, scan.message ?? string.Create(CultureInfo.InvariantCulture, $"Nested more than {maxDepth} deep"), scan.at);
    }

    /// <summary>A fault at a byte.</summary>
    public static ShapeFault At(ReadOnlySpan<byte> text, string message, int offset)
    {
        var before = text[..Math.Min(offset, text.Length)];
        var characters = Characters(before);
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        var line = before.Count((byte)'\n') + 1;
        var column = Characters(before[lineStart..]) + 1;
        var full = string.Create(CultureInfo.InvariantCulture, $"{message}: line {line} column {column} (char {characters})");
        return new(full, "value_error.jsondecode", Position: new(message, Excerpt(text, offset), characters, line, column));
    }

    private static string Excerpt(ReadOnlySpan<byte> text, int offset)
    {
        var start = 0;
        var end = text.Length;
        if (end > 2 * (ExcerptBefore + ExcerptAfter)) (start, end) = (Math.Max(0, offset - ExcerptBefore), Math.Min(end, offset + ExcerptAfter));
        while (start > 0 && IsContinuation(text[start])) start--;
        while (end < text.Length && IsContinuation(text[end])) end++;
        return (start > 0 ? "…" : "") + Encoding.UTF8.GetString(text[start..end]) + (end < text.Length ? "…" : "");
    }

    private static int Characters(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var unit in utf8) count += IsContinuation(unit) ? 0 : 1;
        return count;
    }

    private static bool IsContinuation(byte unit) => (unit & 0xC0) == 0x80;

    private readonly byte Next => at < text.Length ? text[at] : (byte)0;

    private void Spaces()
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r') at++;
    }

    private bool Fail(string reason, int offset)
    {
        (message, at) = (reason, offset);
        return false;
    }

    private bool Value(int depth)
    {
        if (depth > MaxDepth) return false;
        switch (Next)
        {
            case (byte)'"': return Text();
            case (byte)'{': return Object(depth);
            case (byte)'[': return List(depth);
        }

        if (Word("null"u8) || Word("true"u8) || Word("false"u8)) return true;
        foreach (var literal in (ReadOnlySpan<string>)["NaN", "Infinity", "-Infinity"])
        {
            if (text[at..].StartsWith(Encoding.ASCII.GetBytes(literal))) return Fail($"{literal} is not JSON; leave a metric that has no value out", at);
        }

        return Number() || Fail("Expecting value", at);
    }

    private bool Object(int depth)
    {
        at++;
        Spaces();
        if (Next == '}') return Step();
        while (true)
        {
            if (Next != '"') return Fail("Expecting property name enclosed in double quotes", at);
            if (!Text()) return false;
            Spaces();
            if (Next != ':') return Fail("Expecting ':' delimiter", at);
            at++;
            Spaces();
            if (!Value(depth + 1)) return false;
            Spaces();
            if (Next == '}') return Step();
            if (Next != ',') return Fail("Expecting ',' delimiter", at);
            at++;
            Spaces();
        }
    }

    private bool List(int depth)
    {
        at++;
        Spaces();
        if (Next == ']') return Step();
        while (true)
        {
            if (!Value(depth + 1)) return false;
            Spaces();
            if (Next == ']') return Step();
            if (Next != ',') return Fail("Expecting ',' delimiter", at);
            at++;
            Spaces();
        }
    }

    private bool Text()
    {
        var start = at++;
        while (at < text.Length)
        {
            switch (text[at])
            {
                case (byte)'"': return Step();
                case < 0x20: return Fail("Invalid control character at", at);
                case (byte)'\\':
                    if (at + 1 >= text.Length) return Fail("Unterminated string starting at", start);
                    if (text[at + 1] == 'u')
                    {
                        if (at + 6 > text.Length || text.Slice(at + 2, 4).ContainsAnyExcept(HexDigits)) return Fail(@"Invalid \uXXXX escape", at + 1);
                        at += 6;
                    }
                    else if ("\"\\/bfnrt"u8.Contains(text[at + 1]))
                    {
                        at += 2;
                    }
                    else
                    {
                        return Fail(@"Invalid \escape", at);
                    }

                    break;
                default:
                    at++;
                    break;
            }
        }

        return Fail("Unterminated string starting at", start);
    }

    private bool Number()
    {
        var end = at;
        if (end < text.Length && text[end] == '-') end++;
        if (end >= text.Length || !IsDigit(text[end])) return false;
        if (text[end] == '0') end++;
        else Digits(ref end);
        var fraction = end + 1;
        if (end < text.Length && text[end] == '.' && fraction < text.Length && IsDigit(text[fraction])) Digits(ref fraction, ref end);
        var exponent = end + 1;
        if (end < text.Length && text[end] is (byte)'e' or (byte)'E')
        {
            if (exponent < text.Length && text[exponent] is (byte)'+' or (byte)'-') exponent++;
            if (exponent < text.Length && IsDigit(text[exponent])) Digits(ref exponent, ref end);
        }

        at = end;
        return true;
    }

    private readonly void Digits(ref int from, ref int end)
    {
        Digits(ref from);
        end = from;
    }

    private readonly void Digits(ref int end)
    {
        while (end < text.Length && IsDigit(text[end])) end++;
    }

    private bool Word(ReadOnlySpan<byte> word)
    {
        if (!text[at..].StartsWith(word)) return false;
        at += word.Length;
        return true;
    }

    private bool Step()
    {
        at++;
        return true;
    }

    private static bool IsDigit(byte letter) => (uint)(letter - '0') <= 9;
}
