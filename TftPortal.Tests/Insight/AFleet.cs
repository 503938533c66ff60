using System.Collections.Immutable;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Insight;

namespace TftPortal.Tests.Insight;

/// <summary>A fleet whose alerts come and go as a test says, and what the detector makes of them.</summary>
internal sealed class AFleet
{
    private readonly ImmutableArray<ServerSnapshot> servers;
    private readonly List<Alert> standing = [];
    private readonly List<AlertRaise> raises = [];

    public AFleet(params IEnumerable<string> names) => servers = [.. names.Select(name => new AServer(name).Build(AReading.Noon).Server)];

    public CascadeDetector Detector { get; private set; } = new();

    public DateTimeOffset Now { get; private set; } = AReading.Noon;

    public ImmutableArray<Alert> Alerts { get; private set; } = [];

    public ImmutableArray<AlertIncident> Incidents => Detector.Incidents;

    public static IEnumerable<string> Named(string prefix, int count) => Enumerable.Range(1, count).Select(number => $"{prefix}-{number:000}");

    /// <summary>Raises an alert on each.</summary>
    public AFleet Raise(string metric, params IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            standing.Add(new AServer(name) { AlertOn = metric, Risk = 90 }.Alert(Now) with { Id = Guid.CreateVersion7(Now) });
            raises.Add(new(name, metric, Now));
        }

        return Look();
    }

    public AFleet Clear(params IEnumerable<string> names)
    {
        standing.RemoveAll(alert => names.Contains(alert.Server));
        return Look();
    }

    public AFleet After(double minutes)
    {
        Now += TimeSpan.FromMinutes(minutes);
        return this;
    }

    /// <summary>The portal ends and another one goes on from what was written down.</summary>
    public AFleet Restart()
    {
        var memory = Detector.Incidents;
        Detector = new();
        Detector.Recall(memory);
        return Look();
    }

    public AFleet Look()
    {
        raises.RemoveAll(raise => Now - raise.At > TimeSpan.FromHours(2));
        Alerts = Detector.Sort([.. standing], [.. raises], servers, Now);
        Assert.Equal(standing.Select(alert => alert.Id).Order(), Incidents.SelectMany(incident => incident.Alerts).Order()); // every alert in exactly one
        Assert.All(Alerts, alert => Assert.Contains(alert.Id, Incidents.Single(incident => incident.Id == alert.IncidentId).Alerts));
        return this;
    }
}
