using TftPortal.Engine.Fleet;
using TftPortal.Engine.Insight;

namespace TftPortal.Tests.Insight;

public class MovementTests
{
    private static readonly MetricDefinition Memory = MetricCatalog.Of(Metric.MemUsedPercent);

    [Fact]
    public void A_leak_is_found_where_it_began_with_its_pace_and_the_level_of_before()
    {
        var moved = Of([.. Enumerable.Range(0, 2016).Select(step => ALeak.Memory(step))], Heading.Up);

        Assert.True(moved.HasMoved);
        Assert.InRange(2016 - moved.Start, ALeak.Steps - 20, ALeak.Steps + 3); // it is told from the last step within a tenth of the rise
        Assert.InRange(moved.PerStep * 12, ALeak.PerHour * .9f, ALeak.PerHour * 1.15f);
        Assert.InRange(moved.Before, 60.5f, 61.5f);
    }

    [Theory]
    [InlineData("calm")]
    [InlineData("back")]
    [InlineData("silent")]
    public void What_is_calm_or_has_come_back_or_is_not_sent_any_more_has_not_moved(string past)
    {
        float[] values = [.. Enumerable.Range(0, 600).Select(step => past switch
        {
            "calm" => 50 + (step * 7919 % 13 / 13f),
            "back" => step is > 400 and < 560 ? 80 : 50,
            _ => step < 580 ? step / 10f : float.NaN,
        })];

        Assert.False(Of(values, Heading.Up).HasMoved);
    }

    [Fact]
    public void A_fall_is_a_move_down_and_none_up()
    {
        float[] values = [.. Enumerable.Range(0, 600).Select(step => step < 560 ? 80f : 80 - ((step - 560) * .5f))];

        Assert.False(Of(values, Heading.Up).HasMoved);
        Assert.True(Of(values, Heading.Either) is { HasMoved: true, PerStep: < 0, Before: 80 });
    }

    private static Movement Of(float[] values, Heading heading) => Movement.Of(values, Memory, heading, AWindow.Grid);
}
