namespace TftPortal.Training.Scoring;

/// <summary>How often what was said to happen with a probability did: by tenths of the probability.</summary>
internal sealed class Calibration
{
    private readonly (int Times, double Said, int Happened)[] tenths = new (int, double, int)[10];
    private double squares;

    /// <summary>How many were added.</summary>
    public int Count { get; private set; }
    /// <summary>Mean square of probability − outcome: 0 is perfect.</summary>
    public double Brier => squares / Count;
    /// <summary>For each tenth: how many, the mean probability said, and the share that happened; NaN where there is none.</summary>
    public IEnumerable<(int Times, double Said, double Happened)> Tenths => tenths.Select(tenth => (tenth.Times, tenth.Said / tenth.Times, tenth.Happened / (double)tenth.Times));

    /// <summary>Adds one.</summary>
    /// <param name="probability">What was said, 0–1.</param>
    /// <param name="happened">Whether it did.</param>
    public void Add(double probability, bool happened)
    {
        ref var tenth = ref tenths[Math.Min(9, (int)(probability * 10))];
        tenth = (tenth.Times + 1, tenth.Said + probability, tenth.Happened + (happened ? 1 : 0));
        var error = probability - (happened ? 1 : 0);
        squares += error * error;
        Count++;
    }
}
