using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;

namespace TftPortal.Training.Series;

/// <summary>What a month keeps for scoring: its 25th day and all that follows; nothing of it is trained on (docs/training.md).</summary>
internal static class ScoredWeek
{
    /// <summary>The first step of the 25th day, counted from a series' first step.</summary>
    public const int FirstStep = 24 * InputShape.History;

    /// <summary>The origins to score at: from the first step on, as long as the whole horizon is there.</summary>
    /// <param name="set">A month of series.</param>
    /// <param name="grid">The time grid.</param>
    /// <param name="every">Steps between two origins.</param>
    /// <returns>Which series, and the first step to forecast as a step of the grid.</returns>
    public static List<(int Series, long Step)> Origins(SeriesSet set, StepGrid grid, int every)
    {
        List<(int Series, long Step)> origins = [];
        for (var index = 0; index < set.Servers.Count; index++)
        {
            var start = grid.StepOf(set.Servers[index].Start);
            for (var origin = FirstStep; origin + InputShape.Horizon <= set.Servers[index].Length; origin += every) origins.Add((index, start + origin));
        }

        return origins;
    }
}
