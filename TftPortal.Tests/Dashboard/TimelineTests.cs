using TftPortal.Dashboard.Fleet;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Dashboard;

public sealed class TimelineTests
{
    [Fact]
    public void Every_foreseen_breach_has_a_mark_at_its_time()
    {
        var timeline = Timeline.Of(AnOutlook.Of(Server("web-01", minutes: 240, .4), Server("db-01", minutes: 60, .9)));

        Assert.Equal([("db-01", 1 / 8.0), ("web-01", 4 / 8.0)], timeline.Marks.Select(mark => (mark.Server, Math.Round(mark.Share * 8) / 8)));
        Assert.Equal((2, 0), (timeline.Count, timeline.Crowded.Length));
    }

    [Fact]
    public void Where_there_is_no_room_for_all_the_likelier_stand_and_the_rest_is_counted()
    {
        var timeline = Timeline.Of(AnOutlook.Of([.. Enumerable.Range(0, 9).Select(index => Server($"web-{index}", minutes: 200, .3 + (index * .05)))]));

        Assert.Equal(["web-8", "web-7", "web-6", "web-5", "web-4"], timeline.Marks.Select(mark => mark.Server));
        Assert.Equal([0, 1, 2, 3, 4], timeline.Marks.Select(mark => mark.Lane));
        Assert.Equal(4, Assert.Single(timeline.Crowded).More);
        Assert.Equal(9, timeline.Count);
    }

    [Fact]
    public void A_fleet_with_nothing_foreseen_names_what_is_likeliest()
    {
        var timeline = Timeline.Of(AnOutlook.Of(Server("web-01", minutes: 60, .1), Server("web-02", minutes: 60, .2), new AServer("bare-01")));
        Assert.Equal((0, "web-02"), (timeline.Count, timeline.Likeliest?.Server.Name));
    }

    private static AServer Server(string name, double minutes, double probability) =>
        new(name) { Worst = new(Metric.MemUsedPercent, 95, 90, AnOutlook.Noon.AddMinutes(minutes), probability) };
}
