using TftPortal.Engine.Fleet;
using TftPortal.Engine.Loop;

namespace TftPortal.Tests.Loop;

public class CadenceTests
{
    private static readonly DateTimeOffset Noon = AReading.Noon;
    private static readonly WindowCounts Ten = new(1, 1000, 10, 10, 288, 12);
    private readonly Cadence cadence = new(TimeSpan.FromSeconds(30));

    [Fact]
    public void The_first_picture_is_due_at_once() => Assert.True(cadence.IsDue(Noon, Ten));

    [Fact]
    public void The_next_is_due_at_the_pace()
    {
        cadence.Start(Noon, Ten);

        Assert.False(cadence.IsDue(Noon.AddSeconds(29.9), Ten with { Tick = 2, Records = 1010 }));
        Assert.True(cadence.IsDue(Noon.AddSeconds(30), Ten));
    }

    [Fact]
    public void New_servers_are_shown_within_a_second()
    {
        cadence.Start(Noon, Ten);

        Assert.False(cadence.IsDue(Noon.AddSeconds(0.9), Ten with { ServersTracked = 11 }));
        Assert.True(cadence.IsDue(Noon.AddSeconds(1), Ten with { ServersTracked = 11 }));
    }

    [Fact]
    public void Servers_that_became_ready_for_the_model_are_shown_within_a_second()
    {
        cadence.Start(Noon, Ten with { ServersReady = 9 });

        Assert.True(cadence.IsDue(Noon.AddSeconds(1), Ten));
    }

    [Fact]
    public void A_clock_set_back_does_not_stop_the_pictures()
    {
        cadence.Start(Noon, Ten);

        Assert.True(cadence.IsDue(Noon.AddHours(-1), Ten));
    }
}
