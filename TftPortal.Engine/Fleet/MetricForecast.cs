namespace TftPortal.Engine.Fleet;

/// <summary>Who made a forecast.</summary>
public enum ForecastSource
{
    /// <summary>The statistical forecaster: seasonal, decayed offset, empirical quantiles.</summary>
    Baseline,
    /// <summary>The Temporal Fusion Transformer.</summary>
    Tft,
    /// <summary>Arithmetic, for what needs no guess: uptime.</summary>
    Computed,
}

/// <summary>The quantiles of one metric over the coming steps: ordered in every step and within the metric's range.</summary>
public sealed class MetricForecast
{
    private readonly ushort[] codes = []; // quantile-major: [quantile][step]
    private readonly float[]? line; // instead, where all quantiles of a step are one value: a code of uptime would be 4 hours at a year

    private MetricForecast(Metric metric, ForecastSource source, int steps, ushort[] codes) => (Metric, Source, Steps, this.codes) = (metric, source, steps, codes);

    private MetricForecast(Metric metric, ForecastSource source, float[] line) => (Metric, Source, Steps, this.line) = (metric, source, line.Length, line);

    /// <summary>Which metric.</summary>
    public Metric Metric { get; }

    /// <summary>Who made it.</summary>
    public ForecastSource Source { get; }

    /// <summary>How many steps it covers.</summary>
    public int Steps { get; }

    /// <summary>
    /// Makes a forecast from raw quantiles: each is clamped to the metric's range and raised to the one below it where they cross. They are kept as <see cref="MetricCodec"/>
    /// resolves them; a forecast whose quantiles agree in every step, as that of uptime does, as float32.
    /// </summary>
    /// <param name="metric">Which metric.</param>
    /// <param name="source">Who made it.</param>
    /// <param name="quantiles">Values, step-major: [step × <see cref="QuantileLevels.Count"/> + quantile]; all finite.</param>
    /// <exception cref="ArgumentException">A value is not finite, or the length is no multiple of the number of quantiles.</exception>
    public static MetricForecast From(Metric metric, ForecastSource source, ReadOnlySpan<float> quantiles)
    {
        var steps = Math.DivRem(quantiles.Length, QuantileLevels.Count, out var rest);
        if (rest != 0 || steps == 0) throw new ArgumentException($"{quantiles.Length} values are not {QuantileLevels.Count} quantiles a step.", nameof(quantiles));
        if (LineOf(metric, quantiles, steps) is { } values) return new(metric, source, values);
        var encoded = new ushort[quantiles.Length];
        for (var step = 0; step < steps; step++)
        {
            ushort floor = 0;
            for (var quantile = 0; quantile < QuantileLevels.Count; quantile++)
            {
                var value = quantiles[(step * QuantileLevels.Count) + quantile];
                if (!float.IsFinite(value)) throw new ArgumentException($"{metric} step {step} quantile {quantile} is {value}.", nameof(quantiles));
                floor = Math.Max(floor, MetricCodec.Encode(metric, value));
                encoded[(quantile * steps) + step] = floor;
            }
        }

        return new(metric, source, steps, encoded);
    }

    /// <summary>One quantile in one step.</summary>
    /// <param name="quantile">Index into <see cref="QuantileLevels.All"/>.</param>
    /// <param name="step">0 is the first step ahead.</param>
    public float At(int quantile, int step) => line is not null ? line[step] : MetricCodec.Decode(Metric, codes[(quantile * Steps) + step]);

    /// <summary>One quantile over all steps.</summary>
    /// <param name="quantile">Index into <see cref="QuantileLevels.All"/>.</param>
    /// <param name="values">Receives <see cref="Steps"/> values.</param>
    public void CopyTo(int quantile, Span<float> values)
    {
        if (line is not null) line.CopyTo(values);
        else MetricCodec.Decode(Metric, codes.AsSpan(quantile * Steps, Steps), values);
    }

    /// <summary>The probability that the metric is at or above a threshold in a step, from the quantile function: linear between quantiles, tails twice as long as the outermost gap.</summary>
    /// <param name="threshold">In the metric's unit.</param>
    /// <param name="step">0 is the first step ahead.</param>
    /// <returns>0 to 1.</returns>
    public double ProbabilityAtOrAbove(float threshold, int step)
    {
        const int last = QuantileLevels.Count - 1;
        var levels = QuantileLevels.All;
        float lowest = At(0, step), highest = At(last, step);
        if (threshold <= lowest)
        {
            var start = lowest - (2 * (At(1, step) - lowest));
            return threshold <= start ? 1 : 1 - (levels[0] * (threshold - start) / (lowest - start));
        }

        if (threshold > highest)
        {
            var end = highest + (2 * (highest - At(last - 1, step)));
            return threshold >= end ? 0 : (1 - levels[last]) * (end - threshold) / (end - highest);
        }

        var below = lowest;
        for (var quantile = 1; ; quantile++)
        {
            var above = At(quantile, step);
            if (threshold <= above)
            {
                var share = above > below ? (threshold - below) / (above - below) : 0;
                return 1 - (levels[quantile - 1] + (share * (levels[quantile] - levels[quantile - 1])));
            }

            below = above;
        }
    }

    /// <summary>One value a step where all its quantiles are equal and finite in every step, else null.</summary>
    private static float[]? LineOf(Metric metric, ReadOnlySpan<float> quantiles, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            var ofStep = quantiles.Slice(step * QuantileLevels.Count, QuantileLevels.Count);
            if (!float.IsFinite(ofStep[0]) || ofStep.ContainsAnyExcept(ofStep[0])) return null;
        }

        var values = new float[steps];
        var maximum = Math.Min(MetricCatalog.Of(metric).Maximum, MetricCodec.Saturation);
        for (var step = 0; step < steps; step++) values[step] = Math.Clamp(quantiles[step * QuantileLevels.Count], 0, maximum);
        return values;
    }
}
