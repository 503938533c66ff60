using CsCheck;
using TftPortal.Engine.Accuracy;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Accuracy;

public class AccuracyBoardTests
{
    private static float Wave(long step) => 50 + (20 * MathF.Sin(step * 2 * MathF.PI / 288)) + (3 * MathF.Sin(step * 1.7f));

    [Fact]
    public void A_forecast_is_scored_once_its_step_has_closed_and_late_readings_had_their_time()
    {
        var fleet = new AScoredFleet(_ => 50, (_, _) => 50, past: 24).Steps(1);

        Assert.False(fleet.Board.Latest.HasScores);
        Assert.Equal(fleet.Picture.Time + (4 * AScoredFleet.Grid.Length), fleet.Board.Latest.NextScoreAt); // the running step, its own and two more

        fleet.Steps(3);
        Assert.False(fleet.Board.Latest.HasScores);

        fleet.Steps(1);
        Assert.Equal(["1"], fleet.Board.Latest.Windows[0].Steps.Select(row => row.Of));
        Assert.Equal(1, fleet.Memory().Points);

        fleet.Steps(120);
        Assert.Equal(["1", "3", "12", "48", "96"], fleet.Board.Latest.Windows[0].Steps.Select(row => row.Of));
    }

    [Fact]
    public void The_loss_is_that_of_the_definition_and_the_baseline_and_the_last_value_have_their_own()
    {
        // The network says 40 ± 1.28 · 2 of a flat 50: pinball at q is q · (50 − forecast) for each of its quantiles.
        var fleet = new AScoredFleet(_ => 50, (_, _) => 40, past: 24).Steps(5);
        var expected = 2 / 3.0 * ((.1 * (50 - 37.44)) + (.5 * 10) + (.9 * (50 - 42.56))) / 50;

        Assert.Equal(expected, fleet.Memory().Wql!.Value, 4);
        Assert.Equal(expected, fleet.Memory().AnsweredWql!.Value, 4);
        Assert.Equal(0, fleet.Memory().LastValueWql!.Value, 4);
        Assert.True(fleet.Memory().BaselineWql < .05);
        Assert.Equal(0, fleet.Memory().Coverage);
    }

    [Fact]
    public void Mase_is_the_error_over_that_of_a_day_ago_in_the_week_before()
    {
        // A day ago is 2 off in each step, the network 3.
        var fleet = new AScoredFleet(step => 30 + (2 * (step / 288)), (first, ahead) => 33 + (2 * ((first + ahead - 1) / 288)), past: 2 * 288).Steps(30);

        Assert.Equal(1.5, fleet.Memory().Mase!.Value, 2);
    }

    [Fact]
    public void A_step_without_a_reading_is_not_scored_and_a_silent_server_is_not_kept()
    {
        var fleet = new AScoredFleet(_ => 50, (_, _) => 50, past: 24) { IsSilent = step => step >= 25 }.Steps(120);

        Assert.False(fleet.Board.Latest.HasScores);
        Assert.Null(fleet.Board.Latest.NextScoreAt);
    }

    [Fact]
    public void Coverage_counts_what_lay_within_p10_and_p90()
    {
        // Off by 5 in every second step; p10 to p90 reach 2.56 to each side.
        var fleet = new AScoredFleet(step => step % 2 == 0 ? 50 : 55, (_, _) => 50, past: 24).Steps(280);

        Assert.InRange(fleet.Memory().Coverage!.Value, .3, .7);
        Assert.InRange(fleet.Board.Latest.Windows[0].Profiles.Single().Coverage!.Value, .3, .7);
    }

    [Fact]
    public void Another_models_scores_begin_anew_and_those_of_the_one_before_stay_under_its_version()
    {
        var fleet = new AScoredFleet(Wave, (_, _) => 50, past: 24).Steps(100);
        var before = fleet.Memory().Points;

        fleet.ModelVersion = "tft-next";
        fleet.Steps(1);

        Assert.Empty(fleet.Board.Latest.Windows[0].Metrics);
        Assert.Equal([AScoredFleet.Version], fleet.Board.Latest.Windows[0].Versions.Select(version => version.Of));
        fleet.Steps(30);
        Assert.Equal(["tft-next", AScoredFleet.Version], fleet.Board.Latest.Windows[0].Versions.Select(version => version.Of));
        Assert.Equal(before, fleet.Board.Latest.Windows[0].Versions.Single(version => version.Of == AScoredFleet.Version).Points);
    }

    [Fact]
    public void Where_too_little_is_known_for_the_network_the_baseline_is_scored_under_its_own_name()
    {
        var fleet = new AScoredFleet(Wave, (_, _) => 50).Steps(8);

        Assert.Equal(["baseline-1"], fleet.Board.Latest.Windows[0].Versions.Select(version => version.Of));
        Assert.Empty(fleet.Board.Latest.Windows[0].Metrics);
    }

    [Fact]
    public void A_server_that_has_left_is_forgotten_and_the_fleets_scores_stay()
    {
        var fleet = new AScoredFleet(Wave, (_, _) => 50, past: 24) { IsSilent = step => step >= 60 }.Steps(60);
        Assert.Equal(1, fleet.Board.Latest.ServersFollowed);

        fleet.Missed(290).Steps(1);

        Assert.Empty(fleet.Picture.Servers);
        Assert.Equal(0, fleet.Board.Latest.ServersFollowed);
        Assert.True(fleet.Memory(window: 1).Points > 0);
    }

    [Fact]
    public void The_window_of_a_day_forgets_what_that_of_a_week_still_knows()
    {
        var fleet = new AScoredFleet(Wave, (_, _) => 50, past: 24).Steps(100);
        var then = fleet.Memory(window: 1).Points;

        fleet.Missed(288).Steps(1);

        Assert.True(fleet.Memory(window: 1).Points >= then);
        Assert.DoesNotContain(fleet.Board.Latest.Windows[0].Metrics, row => row.Points >= then);
    }

    [Fact]
    public void Whatever_pictures_are_missed_a_kept_forecast_says_what_was_forecast_then_and_what_happened() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 40]).Array[4, 10].Sample(
            runs =>
            {
                static float Said(long first, int ahead) => 10 + (first % 700 / 10f) + (ahead / 10f);
                var fleet = new AScoredFleet(Wave, Said, spread: 0.5f, past: 24);
                foreach (var (seen, missed) in runs) fleet.Steps(seen).Missed(missed);
                fleet.Steps(1);

                foreach (var kept in fleet.Board.PastOf(fleet.Server.Server, Metric.MemUsedPercent))
                {
                    var first = AScoredFleet.Grid.StepOf(kept.FirstStep) - AScoredFleet.First;
                    var target = first + kept.Steps - 1;
                    Assert.Equal(AScoredFleet.Grid.StartOf(AScoredFleet.First + target), kept.Time);
                    Assert.True(kept.ByNetwork);
                    Assert.Equal(Said(first, kept.Steps), kept.P50, .01);
                    Assert.Equal(target < fleet.Step ? Wave(target) : null, kept.Happened, (expected, actual) => expected is null ? actual is null : Math.Abs(expected.Value - actual!.Value) < .01f);
                }
            },
            iter: 20);

    [Fact]
    public void A_day_of_forecasts_is_kept_of_an_hour_four_hours_and_eight_hours_ahead()
    {
        var fleet = new AScoredFleet(Wave, (_, _) => 50, past: 24).Steps(500);

        var kept = fleet.Board.PastOf(fleet.Server.Server, Metric.MemUsedPercent).ToLookup(past => past.Steps);

        Assert.All([12, 48, 96], steps => Assert.True(kept[steps].Count(past => past.Happened is not null) >= 11));
        Assert.Empty(fleet.Board.PastOf(fleet.Server.Server, Metric.UptimeDays));
        Assert.Empty(fleet.Board.PastOf(fleet.Server.Server, Metric.LoadAverage));
    }

    [Fact]
    public void Ten_thousand_servers_take_less_than_60_megabytes()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var track = ServerTrack.Empty("web-01", "tft");
        var scores = FadingScores.None.FadedTo(1, 288);
        var each = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive((track, scores));

        TestContext.Current.TestOutputHelper!.WriteLine($"{each} bytes a server, {TrackLayout.Length * sizeof(ushort)} of them forecasts.");
        Assert.InRange(each, TrackLayout.Length * sizeof(ushort), 5_900);
    }
}
