namespace TftPortal.Engine.Fleet;

/// <summary>
/// Holds a metric's value in 16 bits, so that a week of 14 metrics of a server takes 58 KB and not 113 KB.
/// Percentages are linear (resolution 0.0016 points); the others logarithmic (resolution 0.05 % of the value, from 0.0001 to 1,000,000,000).
/// Both are monotone: quantiles that are ordered stay ordered. docs/decisions/window.md has what this costs in accuracy.
/// </summary>
public static class MetricCodec
{
    /// <summary>The code of a missing value.</summary>
    public const ushort Missing = ushort.MaxValue;

    /// <summary>The largest value that a metric without a maximum keeps; larger ones saturate here.</summary>
    public const float Saturation = 1e9f;

    private const float Top = 65_000;
    private const float SmallestRate = 1e-4f;
    private static readonly float LogStep = MathF.Log(1 + (Saturation / SmallestRate)) / Top;
    private static readonly float[] Rates = [.. Enumerable.Range(0, (int)Top + 1).Select(code => SmallestRate * (MathF.Exp(code * LogStep) - 1))];

    /// <summary>The code of a value; NaN is <see cref="Missing"/>, values outside the metric's range take its nearest end.</summary>
    public static ushort Encode(Metric metric, float value)
    {
        if (float.IsNaN(value)) return Missing;
        if (IsLinear(metric)) return (ushort)MathF.Round(Math.Clamp(value, 0, 100) * (Top / 100));
        return (ushort)MathF.Round(MathF.Log(1 + (Math.Clamp(value, 0, Saturation) / SmallestRate)) / LogStep);
    }

    /// <summary>The value of a code; <see cref="Missing"/> is NaN.</summary>
    public static float Decode(Metric metric, ushort code)
    {
        if (code == Missing) return float.NaN;
        return IsLinear(metric) ? code * (100 / Top) : Rates[code];
    }

    /// <summary>Decodes many codes of one metric at once.</summary>
    public static void Decode(Metric metric, ReadOnlySpan<ushort> codes, Span<float> values)
    {
        if (IsLinear(metric))
        {
            for (var i = 0; i < codes.Length; i++) values[i] = codes[i] == Missing ? float.NaN : codes[i] * (100 / Top);
            return;
        }

        var rates = Rates;
        for (var i = 0; i < codes.Length; i++) values[i] = codes[i] == Missing ? float.NaN : rates[codes[i]];
    }

    private static bool IsLinear(Metric metric) => MetricCatalog.All[(int)metric].IsPercentage;
}
