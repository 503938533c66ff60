using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace TftPortal.Agent.Readings;

/// <summary>Takes the fields of a line apart, which blanks separate.</summary>
/// <param name="line">The line.</param>
internal ref struct ProcFields(ReadOnlySpan<byte> line)
{
    private ReadOnlySpan<byte> rest = line;

    /// <summary>The next field.</summary>
    /// <returns>False where the line ends.</returns>
    public bool TryNext(out ReadOnlySpan<byte> field)
    {
        var begin = rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (begin < 0)
        {
            field = rest = default;
            return false;
        }

        rest = rest[begin..];
        var length = rest.IndexOfAny((byte)' ', (byte)'\t');
        field = length < 0 ? rest : rest[..length];
        rest = rest[field.Length..];
        return true;
    }

    /// <summary>The next field.</summary>
    /// <exception cref="FormatException">The line has no further one.</exception>
    public ReadOnlySpan<byte> Next() => TryNext(out var field) ? field : throw new FormatException("A line has too few fields.");

    /// <summary>The next field as text.</summary>
    /// <exception cref="FormatException">The line has no further one.</exception>
    public string NextText() => Encoding.UTF8.GetString(Next());

    /// <summary>The next field as a whole number, 0 or more.</summary>
    /// <exception cref="FormatException">It is missing, or no such number.</exception>
    public ulong NextCounter()
    {
        var field = Next();
        return Utf8Parser.TryParse(field, out ulong value, out var used) && used == field.Length ? value : throw NotANumber(field);
    }

    /// <summary>The next field as a number, 0 or more.</summary>
    /// <exception cref="FormatException">It is missing, or no such number.</exception>
    public double NextNumber()
    {
        var field = Next();
        var isNumber = double.TryParse(field, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value);
        return isNumber && double.IsFinite(value) ? value : throw NotANumber(field);
    }

    /// <summary>Passes fields over.</summary>
    /// <exception cref="FormatException">The line has fewer.</exception>
    public void Skip(int fields)
    {
        for (var i = 0; i < fields; i++) Next();
    }

    private static FormatException NotANumber(ReadOnlySpan<byte> field) =>
        new($"'{Encoding.UTF8.GetString(field[..Math.Min(field.Length, 40)])}' stands where a number should.");
}
