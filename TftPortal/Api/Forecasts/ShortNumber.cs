namespace TftPortal.Api.Forecasts;

/// <summary>
/// Writes a metric's value as short as its precision is worth: 4 decimals below 1, 3 below 10, 2 below 1000, else 1. An answer holds thousands of them a server;
/// this way costs a tenth of the general one. Rounding keeps the order of values, so quantiles stay ordered.
/// </summary>
internal static class ShortNumber
{
    /// <summary>The longest text: 10 digits, a point, 4 decimals.</summary>
    public const int MaxLength = 16;

    private static readonly long[] Scales = [1, 10, 100, 1000, 10_000];

    /// <summary>Writes a value from 0 to 1e9, which is what the fleet's codec keeps; larger ones are written as 1e9.</summary>
    /// <returns>How many bytes were written.</returns>
    public static int Write(Span<byte> text, float value)
    {
        double exact = Math.Clamp(value, 0, 1e9f);
        var decimals = exact switch { < 1 => 4, < 10 => 3, < 1000 => 2, _ => 1 };
        var scaled = (long)((exact * Scales[decimals]) + 0.5);
        while (decimals > 0 && scaled % 10 == 0)
        {
            scaled /= 10;
            decimals--;
        }

        var (whole, fraction) = Math.DivRem(scaled, Scales[decimals]);
        whole.TryFormat(text, out var length, provider: null);
        if (decimals == 0) return length;
        text[length++] = (byte)'.';
        for (var place = decimals - 1; place >= 0; place--)
        {
            text[length + place] = (byte)('0' + (fraction % 10));
            fraction /= 10;
        }

        return length + decimals;
    }
}
