using System.Diagnostics.Metrics;
using TftPortal.Engine.Publishing;

namespace TftPortal.Engine.Loop;

/// <summary>What the engine measures of itself, under the meter <c>TftPortal.Engine</c>.</summary>
internal sealed class EngineMeter
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "TftPortal.Engine";

    private readonly Histogram<double> cycles;
    private readonly Counter<long> readings;

    /// <summary>Makes the instruments.</summary>
    public EngineMeter(IMeterFactory factory, OutlookFeed feed)
    {
        var meter = factory.Create(Name);
        cycles = meter.CreateHistogram<double>("tft.forecast.duration", unit: "s", "How long a forecast cycle took, from the snapshot to the picture.");
        readings = meter.CreateCounter<long>("tft.intake.readings", unit: "{reading}", "Readings handed to the window, by outcome.");
        meter.CreateObservableGauge("tft.window.servers", () => feed.Counts.ServersTracked, unit: "{server}", "Servers in the window.");
    }

    /// <summary>A cycle ended.</summary>
    public void Cycle(TimeSpan took) => cycles.Record(took.TotalSeconds);

    /// <summary>A batch was applied.</summary>
    public void Batch(int taken, int refused)
    {
        readings.Add(taken, new KeyValuePair<string, object?>("outcome", "taken"));
        if (refused > 0) readings.Add(refused, new KeyValuePair<string, object?>("outcome", "refused"));
    }
}
