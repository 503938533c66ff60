using System.Diagnostics.Metrics;
using TftPortal.Notifications.Delivery;

namespace TftPortal.Tests.Notifications;

/// <summary>What this portal's own meter counted: the exporter hears every portal of this process.</summary>
internal sealed class ACount : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);

    public ACount(IMeterFactory factory)
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == DeliveryMeter.Name && instrument.Meter.Scope == factory) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add($"{instrument.Name} {tags[0].Value}", value, isTotal: true));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Add(instrument.Name, value, isTotal: false));
        listener.Start();
    }

    public long this[string name]
    {
        get
        {
            listener.RecordObservableInstruments();
            lock (counts) return counts.GetValueOrDefault(name);
        }
    }

    public void Dispose() => listener.Dispose();

    private void Add(string name, long value, bool isTotal)
    {
        lock (counts) counts[name] = value + (isTotal ? counts.GetValueOrDefault(name) : 0);
    }
}
