using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Window;

/// <summary>How an open step is shared with an image of the window, and kept on disk: whole, so that a restart changes nothing.</summary>
internal sealed partial class OpenStep
{
    /// <summary>Whether an image holds it: the window copies it before it writes.</summary>
    public bool IsShared { get; set; }

    /// <summary>A copy that nobody shares yet.</summary>
    public OpenStep Copy()
    {
        var copy = new OpenStep
        {
            Step = Step, stepMilliseconds = stepMilliseconds, timed = timed, whole = whole, count = count, seen = seen, forgotten = forgotten,
            times = (int[])times.Clone(), values = (float[])values.Clone(),
        };
        copy.folded.Copy(folded);
        return copy;
    }

    /// <summary>Writes it to be kept: step, counts, marks, the timestamps, the readings that are whole, then the folded ones; numbers little-endian.</summary>
    public void Write(BinaryWriter output)
    {
        output.Write(Step);
        output.Write(timed);
        output.Write(whole);
        output.Write(count);
        output.Write(seen);
        output.Write(forgotten);
        for (var index = 0; index < timed; index++) output.Write(times[index]);
        for (var index = 0; index < whole * MetricCatalog.Count; index++) output.Write(values[index]);
        folded.Write(output);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It can't be one.</exception>
    public static OpenStep Read(BinaryReader input, StepGrid grid)
    {
        var step = new OpenStep
        {
            stepMilliseconds = grid.StepMilliseconds,
            Step = input.ReadInt64(), timed = input.ReadInt32(), whole = input.ReadInt32(), count = input.ReadInt32(), seen = input.ReadUInt64(), forgotten = input.ReadUInt64(),
        };
        if (step.timed is < 0 or > Timed || step.whole < 0 || step.whole > Math.Min(step.timed, Whole)) throw new InvalidDataException("An open step has more readings than it can.");
        (step.times, step.values) = (new int[Math.Max(4, step.timed)], new float[Math.Max(4, step.whole) * MetricCatalog.Count]);
        for (var index = 0; index < step.timed; index++) step.times[index] = input.ReadInt32();
        for (var index = 0; index < step.whole * MetricCatalog.Count; index++) step.values[index] = input.ReadSingle();
        step.folded.Read(input);
        return step;
    }
}
