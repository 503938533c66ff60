using TftPortal.Engine.Accuracy;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.State;

namespace TftPortal.Tests.Accuracy;

public sealed class AccuracyFileTests : IDisposable
{
    private readonly AFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void After_a_restart_scores_kept_forecasts_and_guard_go_on_as_they_were()
    {
        var before = new AScoredFleet(step => 50 + (step % 7), (_, _) => 80, past: 24).Steps(600);
        File().Write(kept => AccuracyBook.Write(kept, before.Board, AScoredFleet.Grid));
        Assert.NotEqual(0, before.Guard.Of("web-01"));

        var after = new AScoredFleet(step => 50 + (step % 7), (_, _) => 80, past: 624);
        File().Read(kept => AccuracyBook.Read(kept, after.Board, AScoredFleet.Grid), out var damage);
        before.Steps(1);
        after.Steps(1);

        Assert.Null(damage);
        Assert.Equal(before.Guard.Of("web-01"), after.Guard.Of("web-01"));
        Assert.Equal(before.Memory(), after.Memory());
        Assert.Equal(before.Board.Latest.NextScoreAt, after.Board.Latest.NextScoreAt);
        Assert.Equal(before.Board.PastOf(before.Server.Server, Metric.MemUsedPercent), after.Board.PastOf(after.Server.Server, Metric.MemUsedPercent));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(-1)]
    public void A_damaged_file_is_put_aside_and_scoring_begins_anew(int at)
    {
        var before = new AScoredFleet(_ => 50, (_, _) => 50, past: 24).Steps(30);
        File().Write(kept => AccuracyBook.Write(kept, before.Board, AScoredFleet.Grid));
        var path = folder["state.parquet.accuracy"];
        var bytes = System.IO.File.ReadAllBytes(path);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        System.IO.File.WriteAllBytes(path, bytes);

        var after = new AScoredFleet(_ => 50, (_, _) => 50, past: 54);
        File().Read(kept => AccuracyBook.Read(kept, after.Board, AScoredFleet.Grid), out var damage);

        Assert.Contains("put aside as state.parquet.accuracy.damaged-", damage, StringComparison.Ordinal);
        Assert.False(after.Steps(1).Board.Latest.HasScores);
    }

    [Fact]
    public void Scores_of_another_step_length_are_not_believed()
    {
        var before = new AScoredFleet(_ => 50, (_, _) => 50, past: 24).Steps(30);
        File().Write(kept => AccuracyBook.Write(kept, before.Board, AScoredFleet.Grid));

        File().Read(kept => AccuracyBook.Read(kept, before.Board, new(60)), out var damage);

        Assert.Contains("other steps", damage, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_file_nothing_is_known_and_nothing_is_wrong()
    {
        File().Read(_ => Assert.Fail("There is nothing to read."), out var damage);

        Assert.Null(damage);
    }

    private AccuracyFile File() => new(new StatePaths(folder["state.parquet"]), TimeProvider.System);
}
