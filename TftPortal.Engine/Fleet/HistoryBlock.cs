namespace TftPortal.Engine.Fleet;

/// <summary>
/// 72 consecutive steps (6 hours of 5-minute steps) of a server: 14 columns of 16-bit codes, how many readings each step was made of, and marks of when they were taken.
/// How many readings carried a single metric takes room only in a block in which they differ.
/// </summary>
internal sealed class HistoryBlock
{
    /// <summary>Steps in a block: 72. A block starts at a multiple of it.</summary>
    public const int Steps = 72;

    private readonly ushort[] codes;
    private readonly ushort[] readings;
    private readonly ulong[] marks;
    private ushort[]? readingsWith; // 0 where the metric was in every reading, or in none

    /// <summary>A block without a value.</summary>
    public HistoryBlock()
    {
        codes = new ushort[Steps * MetricCatalog.Count];
        readings = new ushort[Steps];
        marks = new ulong[Steps];
        Array.Fill(codes, MetricCodec.Missing);
    }

    private HistoryBlock(HistoryBlock original)
    {
        codes = (ushort[])original.codes.Clone();
        readings = (ushort[])original.readings.Clone();
        marks = (ulong[])original.marks.Clone();
        readingsWith = (ushort[]?)original.readingsWith?.Clone();
    }

    /// <summary>Whether a view holds this block: the window copies it before it writes.</summary>
    public bool IsShared { get; set; }

    /// <summary>One metric's codes, one a step.</summary>
    public Span<ushort> Codes(Metric metric) => codes.AsSpan((int)metric * Steps, Steps);

    /// <summary>How many readings a step was made of, at most 65,535.</summary>
    public int Readings(int offset) => readings[offset];

    /// <summary>When a step's readings were taken: of a single one the milliseconds into the step; of several bit n is set where one was taken in the step's n-th sixty-fourth.</summary>
    public ulong Marks(int offset) => marks[offset];

    /// <summary>How many readings of a step carried a metric, at most 65,535.</summary>
    public int ReadingsWith(Metric metric, int offset)
    {
        var column = ((int)metric * Steps) + offset;
        if (codes[column] == MetricCodec.Missing) return 0;
        return readingsWith is { } counts && counts[column] > 0 ? counts[column] : readings[offset];
    }

    /// <summary>Sets how many readings a step was made of, and their <see cref="Marks"/>.</summary>
    public void SetReadings(int offset, int count, ulong times)
    {
        readings[offset] = (ushort)Math.Min(count, ushort.MaxValue);
        marks[offset] = times;
    }

    /// <summary>Sets how many readings of a step carried a metric, after <see cref="SetReadings"/>.</summary>
    public void SetReadingsWith(Metric metric, int offset, int count)
    {
        var stored = count >= readings[offset] ? 0 : count;
        if (stored == 0 && readingsWith is null) return;
        readingsWith ??= new ushort[Steps * MetricCatalog.Count];
        readingsWith[((int)metric * Steps) + offset] = (ushort)stored;
    }

    /// <summary>A copy that nobody shares yet.</summary>
    public HistoryBlock Copy() => new(this);
}
