using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Alerts;

public class SilenceRoomTests
{
    [Fact]
    public void Silences_that_are_over_make_room_and_those_that_hold_do_not()
    {
        var keeper = new BookKeeper(AnOutlook.Watchlist);
        for (var number = 0; number < BookKeeper.Most; number++) Assert.True(keeper.Do(Until(number == 7 ? 1 : 9), AReading.Noon).IsDone);
        Assert.False(keeper.Do(Until(9), AReading.Noon).IsDone);

        Assert.True(keeper.Do(Until(9), AReading.Noon.AddHours(2)).IsDone);
        Assert.Equal(BookKeeper.Most, keeper.Book.Silences.Count(silence => silence.IsOn(AReading.Noon.AddHours(2))));
        Assert.False(keeper.Do(Until(9), AReading.Noon.AddHours(2)).IsDone);

        static SilenceOrder Until(int hours) => new("*", null, AReading.Noon.AddHours(hours), "Known.", "user anna@example.com");
    }
}
