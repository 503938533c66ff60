using System.Collections.Immutable;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.State;

/// <summary>One server on its way into a row: what is cut off at both ends of its past, and its hash so far.</summary>
internal sealed class SavedServer
{
    private readonly ServerHistory history;
    private int? metricReadings;

    public SavedServer(ServerImage image, StepGrid grid)
    {
        Image = image;
        history = image.Snapshot.History;
        var end = history.EndStep;
        FirstStep = history.OldestStep;
        while (FirstStep < end && history.ReadingsIn(FirstStep) == 0) FirstStep++;
        while (end > FirstStep && history.ReadingsIn(end - 1) == 0) end--;
        Steps = (int)(end - FirstStep);
        FirstStepAt = FirstStep * grid.StepMilliseconds;
        OpenSteps = Packed(image.Open);

        var server = image.Snapshot;
        Hash.Add(server.Name);
        Hash.Add(server.Profile.WireName());
        Hash.Add(server.Status.WireName());
        Hash.Add(server.IsSimulated ? 1 : 0, LastSeenAt, image.ReceivedAt, server.Revision, image.Timesteps, server.Records, FirstStepAt);
    }

    public ServerImage Image { get; }
    public long FirstStep { get; }
    public long FirstStepAt { get; }
    public int Steps { get; }
    public byte[] OpenSteps { get; }
    public RowHash Hash { get; } = new();
    public long LastSeenAt => Image.Snapshot.LastSeen.ToUnixTimeMilliseconds();

    /// <summary>How many <c>metric_readings</c> it has: none where every reading of a step carried the step's metrics, as a rule.</summary>
    public int MetricReadings => metricReadings ??= IsUneven() ? Steps * MetricCatalog.Count : 0;

    public void Latest(Span<float> values) => Image.Snapshot.Latest.CopyTo(values);

    /// <summary>Where a metric was never seen, <see cref="long.MinValue"/>.</summary>
    public void LatestAt(Span<long> times)
    {
        for (var metric = 0; metric < times.Length; metric++)
            times[metric] = Image.Snapshot.LatestAt[metric] is var at && at == DateTimeOffset.MinValue ? long.MinValue : at.ToUnixTimeMilliseconds();
    }

    public void Values(Metric metric, Span<float> values) => history.CopyTo(metric, FirstStep, values);

    public void Readings(Span<int> counts)
    {
        for (var step = 0; step < counts.Length; step++) counts[step] = history.ReadingsIn(FirstStep + step);
    }

    public void Marks(Span<long> marks)
    {
        for (var step = 0; step < marks.Length; step++) marks[step] = (long)history.MarksIn(FirstStep + step);
    }

    public void ReadingsOfMetrics(Span<int> counts)
    {
        if (counts.IsEmpty) return;
        for (var metric = 0; metric < MetricCatalog.Count; metric++)
        {
            for (var step = 0; step < Steps; step++) counts[(metric * Steps) + step] = history.ReadingsIn(FirstStep + step, (Metric)metric);
        }
    }

    private bool IsUneven()
    {
        for (var step = FirstStep; step < FirstStep + Steps; step++)
        {
            var readings = history.ReadingsIn(step);
            if (readings <= 1) continue;
            for (var metric = 0; metric < MetricCatalog.Count; metric++)
            {
                var carried = history.ReadingsIn(step, (Metric)metric);
                if (carried != 0 && carried != readings) return true;
            }
        }

        return false;
    }

    private static byte[] Packed(ImmutableArray<OpenStep> open)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        foreach (var step in open) step.Write(writer);
        writer.Flush();
        return bytes.ToArray();
    }
}
