using CsCheck;
using TftPortal.Engine.Contract;

namespace TftPortal.Tests.Contract;

public sealed class SameTimeProfileTests
{
    private const int Reach = 6; // steps to either side

    [Fact]
    public void Extremes_and_medians_are_those_of_the_values_one_by_one() =>
        Gen.Frequency((1, Gen.Const(float.NaN)), (3, Gen.Float[0, 100])).Array[InputShape.Week].Sample(week =>
        {
            var profile = new SameTimeProfile();
            profile.Read(week);
            for (var step = 0; step < InputShape.Horizon; step++)
            {
                var yesterday = InputShape.Week - InputShape.History + step;
                float[] near = [.. week[(yesterday - Reach)..(yesterday + Reach + 1)].Where(value => !float.IsNaN(value))];
                Assert.Equal(float.IsNaN(profile.Yesterday[step]) ? float.NaN : near.Max(), profile.YesterdayHighest[step]);
                Assert.Equal(float.IsNaN(profile.Yesterday[step]) ? float.NaN : near.Min(), profile.YesterdayLowest[step]);
                float[] days = [.. Enumerable.Range(1, InputShape.Days).Select(day => week[InputShape.Week - (day * InputShape.History) + step]).Where(value => !float.IsNaN(value)).Order()];
                Assert.Equal(days.Length == 0 ? float.NaN : days[(days.Length - 1) / 2], profile.WeekExact[step]);
            }
        }, iter: 30);
}
