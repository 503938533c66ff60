using TftPortal.Engine.Fleet;
using TftPortal.Engine.Window;

namespace TftPortal.Tests.Builders;

/// <summary>A window on 5-minute steps with the product's defaults.</summary>
internal static class AWindow
{
    public static readonly StepGrid Grid = new(300);

    public static FleetWindow Empty(Func<WindowLimits, WindowLimits>? change = null)
    {
        var limits = new WindowLimits { Grid = Grid };
        return new(change is null ? limits : change(limits));
    }

    /// <summary>Applies readings, each at its own time or at the given one.</summary>
    public static FleetWindow With(this FleetWindow window, DateTimeOffset now, params IEnumerable<AReading> readings)
    {
        window.Apply(ABatch.Of(readings), now);
        return window;
    }

    public static ServerSnapshot Server(this WindowSnapshot snapshot, string name) => snapshot.Servers.Single(server => server.Name == name);
}
