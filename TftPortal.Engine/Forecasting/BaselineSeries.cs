using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Forecasting;

/// <summary>
/// One metric's past up to the first step to forecast, and the two rules that continue it: the last level, and the same time of the
/// previous days plus how far the last values are off it, decaying. A rule can be asked at any past step, knowing nothing later.
/// </summary>
internal sealed class BaselineSeries
{
    /// <summary>Steps that are looked back: a week of 5-minute steps. Bounds the work whatever the grid.</summary>
    public const int Lookback = 2016;

    private const int LevelSteps = 3;
    private const int Smoothing = 3; // steps each side
    private const int Days = 7;

    private readonly float[] past = new float[Lookback];
    private readonly float[] smooth = new float[Lookback];
    private readonly int day;
    private readonly double decayPerStep;

    /// <summary>A series on a grid, without a past yet.</summary>
    public BaselineSeries(StepGrid grid)
    {
        day = (int)Math.Round(86_400.0 / grid.StepSeconds);
        decayPerStep = grid.StepSeconds / 7200.0; // the offset falls to 1/e in two hours: 24 steps of 5 minutes
    }

    /// <summary>Index of the last observed step; −1 where nothing is observed.</summary>
    public int Last { get; private set; }

    /// <summary>Index of the first observed step.</summary>
    public int First { get; private set; }

    /// <summary>Steps of a day; more than <see cref="Lookback"/> on very fine grids.</summary>
    public int Day => day;

    /// <summary>Whether a day of the past is known, so that the seasonal rule can be asked at all.</summary>
    public bool HasDay => Last - First >= day - 1;

    /// <summary>The value at an index; NaN where there is none.</summary>
    public float this[int index] => past[index];

    /// <summary>Reads a metric's past.</summary>
    public void Read(ServerHistory history, Metric metric, long firstStep)
    {
        history.CopyTo(metric, firstStep - Lookback, past);
        Last = Lookback - 1;
        while (Last >= 0 && float.IsNaN(past[Last])) Last--;
        First = 0;
        while (First < Last && float.IsNaN(past[First])) First++;
        if (Last >= 0 && HasDay) Smooth();
    }

    /// <summary>The mean of the last values at an observed step.</summary>
    public float LevelAt(int origin)
    {
        float sum = 0;
        var count = 0;
        for (var index = origin; index >= 0 && index > origin - LevelSteps; index--)
        {
            if (float.IsNaN(past[index])) continue;
            sum += past[index];
            count++;
        }

        return sum / count;
    }

    /// <summary>How far the last values at an observed step are off the same time of the days before; NaN where those are unknown.</summary>
    public float OffsetAt(int origin)
    {
        float sum = 0;
        var count = 0;
        for (var index = origin; index >= 0 && index > origin - LevelSteps; index--)
        {
            var off = past[index] - SameTimeAt(index, origin);
            if (float.IsNaN(off)) continue;
            sum += off;
            count++;
        }

        return count == 0 ? float.NaN : sum / count;
    }

    /// <summary>The seasonal rule: what is expected some steps after an origin; NaN where the same time of no earlier day is known.</summary>
    public float Seasonal(int origin, float offset, int ahead) =>
        SameTimeAt(origin + ahead, origin) + (offset * (float)Math.Exp(-ahead * decayPerStep));

    /// <summary>The median over the previous days of the smoothed value at the same time, knowing nothing after the origin.</summary>
    private float SameTimeAt(int index, int origin)
    {
        Span<float> values = stackalloc float[Days];
        var count = 0;
        var skipped = Math.Max(1, ((index - origin + Smoothing) + day - 1) / day);
        for (var back = skipped; back < skipped + Days; back++)
        {
            var at = index - (back * day);
            if (at < First) break;
            var value = smooth[at];
            if (float.IsNaN(value)) continue;
            var place = count++;
            for (; place > 0 && values[place - 1] > value; place--) values[place] = values[place - 1];
            values[place] = value;
        }

        if (count == 0) return float.NaN;
        return (values[(count - 1) / 2] + values[count / 2]) / 2;
    }

    private void Smooth()
    {
        double sum = 0;
        var count = 0;
        for (var index = First - Smoothing; index <= Last; index++)
        {
            Count(index + Smoothing, 1);
            if (index < First) continue;
            smooth[index] = count == 0 ? float.NaN : (float)(sum / count);
            Count(index - Smoothing, -1);
        }

        void Count(int index, int sign)
        {
            if (index < First || index > Last || float.IsNaN(past[index])) return;
            sum += sign * past[index];
            count += sign;
        }
    }
}
