using TftPortal.Engine.Fleet;
using TftPortal.Engine.Window;

namespace TftPortal.Tests.Window;

public sealed class StepTurnTests
{
    private const int Servers = 3_000;
    private static readonly StepGrid Grid = new(300);

    [Fact]
    public void A_fleet_that_moves_to_a_step_bit_by_bit_ends_as_one_that_moves_at_once()
    {
        var (bit, whole) = (Filled(), Filled());
        var later = AReading.Noon.AddHours(30); // the first thousand have been silent for longer than a day by then
        Feed(whole, later);
        whole.Snapshot(later);
        Feed(bit, later);
        while (bit.MoveMore())
        {
            // A slice after the other.
        }

        Assert.Equal(whole.Counts, bit.Counts);
        Assert.Equal(Servers - 1_000 + 1, bit.Counts.ServersTracked); // and one of the silent that came back
        Assert.Equal(whole.Snapshot(later).Servers.Select(server => (server.Name, server.Records)), bit.Snapshot(later).Servers.Select(server => (server.Name, server.Records)));
    }

    [Fact]
    public void An_image_begun_before_a_step_s_turn_shows_the_moment_before_it()
    {
        var window = Filled();
        var records = window.Image(AReading.Noon).Records;
        var image = window.BeginImage(AReading.Noon);
        Feed(window, AReading.Noon.AddHours(30));
        Assert.Equal(records, image.Finish().Records);
    }

    private static void Feed(FleetWindow window, DateTimeOffset now) => window.Apply(Batch(now, 0, 1), now);

    private static FleetWindow Filled()
    {
        var window = new FleetWindow(new() { Grid = Grid, RequiredSteps = 1 });
        window.Apply(Batch(AReading.Noon, 0, Servers), AReading.Noon);
        window.Apply(Batch(AReading.Noon.AddHours(12), 1_000, Servers), AReading.Noon.AddHours(12));
        return window;
    }

    private static ReadingBatch Batch(DateTimeOffset time, int first, int end)
    {
        var batch = new ReadingBatch();
        for (var server = first; server < end; server++)
            batch.Add($"server-{server}", time.ToUnixTimeMilliseconds(), ServerProfile.Generic, ServerStatus.Healthy, [.. Enumerable.Repeat(1f, MetricCatalog.Count)]);
        return batch;
    }
}
