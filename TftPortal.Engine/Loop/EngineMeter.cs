using System.Diagnostics.Metrics;
using TftPortal.Engine.Publishing;
using TftPortal.Engine.State;

namespace TftPortal.Engine.Loop;

/// <summary>What the engine measures of itself, under the meter <c>TftPortal.Engine</c>.</summary>
internal sealed class EngineMeter
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "TftPortal.Engine";

    // Seconds: a small fleet takes some hundredths, 10,000 servers some seconds, and a cycle over Engine:ForecastSeconds (30) is late.
    private static readonly InstrumentAdvice<double> CycleBuckets = new() { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] };

    private readonly Histogram<double> cycles;
    private readonly Counter<long> readings;

    /// <summary>Makes the instruments.</summary>
    public EngineMeter(IMeterFactory factory, OutlookFeed feed, StateKeeper keeper, TimeProvider clock)
    {
        var meter = factory.Create(Name);
        cycles = meter.CreateHistogram("tft.forecast.duration", "s", "How long a forecast cycle took, from the snapshot to the picture.", advice: CycleBuckets);
        readings = meter.CreateCounter<long>("tft.intake.readings", unit: "{reading}", "Readings handed to the window, by outcome.");
        meter.CreateObservableGauge("tft.window.servers", () => feed.Counts.ServersTracked, unit: "{server}", "Servers in the window.");
        meter.CreateObservableGauge("tft.window.servers.ready", () => feed.Counts.ServersReady, unit: "{server}", "Servers with enough steps for the model.");
        meter.CreateObservableGauge("tft.forecast.age", () => Since(feed.Latest.Sequence == 0 ? null : feed.Latest.Time), unit: "s", "Age of the newest picture; absent before the first.");
        meter.CreateObservableGauge("tft.journal.batches", () => keeper.Report.Journal.Batches, unit: "{batch}", "Batches in the journal.");
        meter.CreateObservableGauge("tft.journal.size", () => keeper.Report.Journal.SizeBytes, unit: "By", "Size of the journal's database.");
        meter.CreateObservableGauge("tft.state.health", () => (int)keeper.Report.Health, description: "0 good, 1 repaired at this start, 2 the state file can't be written, 3 only the journal was readable, 4 disk full, 5 the journal can't be written.");
        meter.CreateObservableGauge("tft.state.save.age", () => Since(Newest()?.Time), unit: "s", "Age of the newest state file; absent before the first.");
        meter.CreateObservableGauge("tft.state.save.duration", () => Measured(Newest()?.Duration), unit: "s", "How long writing the newest state file took; absent before the first.");

        SavedGeneration? Newest() => keeper.Report.Generations is [var newest, ..] ? newest : null;
        IEnumerable<Measurement<double>> Since(DateTimeOffset? time) => Measured(clock.GetUtcNow() - time);
    }

    /// <summary>A cycle ended.</summary>
    public void Cycle(TimeSpan took) => cycles.Record(took.TotalSeconds);

    /// <summary>A batch was applied.</summary>
    public void Batch(int taken, int refused)
    {
        readings.Add(taken, new KeyValuePair<string, object?>("outcome", "taken"));
        if (refused > 0) readings.Add(refused, new KeyValuePair<string, object?>("outcome", "refused"));
    }

    private static IEnumerable<Measurement<double>> Measured(TimeSpan? time) => time is { } known ? [new(Math.Max(0, known.TotalSeconds))] : [];
}
