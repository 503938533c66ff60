using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Builders;

/// <summary>A batch of readings.</summary>
internal static class ABatch
{
    public static ReadingBatch Of(params IEnumerable<AReading> readings) => Of(readings, isSimulated: false);

    public static ReadingBatch Of(IEnumerable<AReading> readings, bool isSimulated)
    {
        var batch = new ReadingBatch { IsSimulated = isSimulated };
        foreach (var reading in readings) batch.Add(reading.Server, reading.Time.ToUnixTimeMilliseconds(), reading.Profile, reading.Status, reading.Values);
        return batch;
    }
}
