using System.Diagnostics.Metrics;

namespace TftPortal.Notifications.Delivery;

/// <summary>Counts deliveries by the kind of channel, under the meter <see cref="Name"/>. No label names a channel: their names are people's words.</summary>
internal sealed class DeliveryMeter
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "TftPortal.Notifications";

    private readonly Counter<long> sent;
    private readonly Counter<long> failed;
    private readonly Counter<long> dead;

    public DeliveryMeter(IMeterFactory factory, QueueFigures figures)
    {
        var meter = factory.Create(Name);
        sent = meter.CreateCounter<long>("tft.notifications.sent", "{notification}", "Notifications that a channel took.");
        failed = meter.CreateCounter<long>("tft.notifications.failed", "{attempt}", "Attempts to deliver that failed.");
        dead = meter.CreateCounter<long>("tft.notifications.given_up", "{notification}", "Notifications set aside as dead letters.");
        meter.CreateObservableGauge("tft.notifications.queued", () => figures.Latest.Queued, "{notification}", "Notifications that wait.");
        meter.CreateObservableGauge("tft.notifications.dead", () => figures.Latest.Dead, "{notification}", "Dead letters that nobody has tried again or deleted.");
        meter.CreateObservableGauge("tft.notifications.channels_failing", () => figures.Latest.Failing.Count(), "{channel}", "Channels that are on and did not take the last attempt.");
    }

    /// <summary>Adds nothing to each counter, so that it is there from the first scrape on: an alert on its rise needs a first value.</summary>
    public void Begin()
    {
        foreach (var kind in Channels.ChannelKinds.Names)
        {
            foreach (var counter in (ReadOnlySpan<Counter<long>>)[sent, failed, dead]) counter.Add(0, new KeyValuePair<string, object?>("kind", kind));
        }
    }

    public void Attempted(string kind, bool isDelivered, bool isDead)
    {
        var label = new KeyValuePair<string, object?>("kind", kind);
        (isDelivered ? sent : failed).Add(1, label);
        if (isDead) dead.Add(1, label);
    }
}
