using Microsoft.Extensions.Time.Testing;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.State;

namespace TftPortal.Tests.State;

public sealed class RestartTests : IDisposable
{
    private static readonly DateTimeOffset Noon = AReading.Noon;
    private readonly AStateFolder folder = new();

    [Fact]
    public async Task Forecasts_after_a_restart_are_those_of_before_it()
    {
        FleetOutlook before;
        string window;
        await using (var engine = await folder.EngineAsync())
        {
            await engine.FeedAsync([.. AHistory.Of("web-01").WithProfile(ServerProfile.WebApi).With(Metric.MemUsedPercent, step => 50 + (step % 12)).With(Metric.LoadAverage, step => step % 7).Readings()]);
            await engine.FeedAsync(AReading.From("db-01").WithMemory(97).WithUptime(3), AReading.From("db-01").At(Noon.AddSeconds(15)).WithCpu(80));
            before = await engine.PictureAsync(picture => picture.Servers.Length == 2);
            window = await engine.WindowAsync();
        }

        await using var again = await folder.EngineAsync();
        var after = await again.PictureAsync(picture => picture.Servers.Length == 2);

        Assert.Equal(window, await again.WindowAsync());
        Assert.Equal(before.Counts, after.Counts);
        foreach (var server in before.Servers)
        {
            foreach (var metric in MetricCatalog.All.Where(metric => metric.Metric != Metric.UptimeDays)) // that one moves with the clock
                Assert.Equal(Text(server.Forecast.Of(metric.Metric)), Text(after.ByName[server.Server.Name].Forecast.Of(metric.Metric)));
        }
    }

    [Fact]
    public async Task When_the_plug_is_pulled_what_was_acknowledged_is_there_without_any_save()
    {
        await using var engine = await folder.EngineAsync();
        await engine.FeedAsync(AReading.From("web-01").WithMemory(50));
        await engine.FeedAsync(AReading.From("web-02").WithMemory(60));
        using var left = folder.Now();

        await using var again = await left.EngineAsync();

        Assert.DoesNotContain("window.parquet", folder.Files); // nothing was saved
        Assert.Equal((2, 2, 2L), (again.Feed.Counts.ServersTracked, again.Feed.Counts.Records, again.Feed.Counts.Tick));
        Assert.Equal((2, 2), (again.Report().Replay!.Batches, again.Report().Replay!.Records));
        Assert.Equal(StateHealth.Good, again.Report().Health);
    }

    [Fact]
    public async Task Only_what_came_after_the_save_is_read_from_the_journal()
    {
        await using var engine = await folder.EngineAsync();
        await engine.FeedAsync(AReading.From("web-01").WithMemory(50));
        await engine.SaveAsync();
        await engine.FeedAsync(AReading.From("web-01").At(Noon.AddSeconds(15)).WithMemory(70));
        var window = await engine.WindowAsync();
        using var left = folder.Now();

        await using var again = await left.EngineAsync();

        Assert.Equal(1, again.Report().Replay!.Batches);
        Assert.Equal(2, again.Feed.Counts.Tick);
        Assert.Equal(window, await again.WindowAsync());
    }

    [Fact]
    public async Task A_clock_set_back_over_a_restart_loses_no_reading()
    {
        await using (var engine = await folder.EngineAsync()) await engine.FeedAsync([.. AHistory.Of("web-01").With(Metric.MemUsedPercent, 50).Readings()]);

        await using var again = await folder.EngineAsync(new FakeTimeProvider(Noon.AddHours(-3)));
        await again.FeedAsync(AReading.From("web-01").At(Noon.AddHours(-3).AddSeconds(10)).WithMemory(60));

        Assert.Equal(289, again.Feed.Counts.Records);
    }

    [Fact]
    public async Task Without_its_journal_the_state_file_is_still_read_for_it_carries_its_own_hashes()
    {
        string window;
        await using (var engine = await folder.EngineAsync())
        {
            await engine.FeedAsync(AReading.From("web-01").WithMemory(50).WithProfile(ServerProfile.DataIngest), AReading.From("web-01").At(Noon.AddSeconds(-20)).WithCpu(7), AReading.From("db-01").WithUptime(3));
            window = await engine.WindowAsync();
        }

        File.Delete(folder.Paths.Journal);
        await using var again = await folder.EngineAsync();

        Assert.Equal(window, await again.WindowAsync());
        Assert.Equal(StateHealth.Good, again.Report().Health);
        Assert.Single(again.Report().Generations);
    }

    [Fact]
    public async Task A_save_that_did_not_end_leaves_nothing_behind()
    {
        await using (var engine = await folder.EngineAsync()) await engine.FeedAsync(AReading.From("web-01").WithMemory(50));
        File.WriteAllText(folder.Paths.Unfinished, "half");

        await using var again = await folder.EngineAsync();

        Assert.DoesNotContain("window.parquet.saving", folder.Files);
        Assert.Equal(1, again.Feed.Counts.ServersTracked);
    }

    [Fact]
    public async Task What_a_kill_between_the_two_renamings_leaves_is_read()
    {
        await using (var engine = await folder.EngineAsync()) await engine.FeedAsync(AReading.From("web-01").WithMemory(50));
        File.Move(folder.File, folder.Paths.Previous);

        await using var again = await folder.EngineAsync();

        Assert.Equal((1, StateHealth.Good), (again.Feed.Counts.ServersTracked, again.Report().Health));
        Assert.Contains("window.parquet", folder.Files);
    }

    [Fact]
    public async Task Another_step_length_keeps_the_values()
    {
        await using (var engine = await folder.EngineAsync()) await engine.FeedAsync([.. AHistory.Of("web-01").With(Metric.MemUsedPercent, 50).Steps(24).Readings()]);

        await using var again = await folder.EngineAsync(settings: ("Engine:StepSeconds", "60"));

        Assert.Equal((1, 24), (again.Feed.Counts.ServersTracked, again.Feed.Counts.Records));
    }

    [Fact]
    public async Task A_week_off_is_a_week_later_and_what_is_too_old_by_then_is_gone()
    {
        await using (var engine = await folder.EngineAsync()) await engine.FeedAsync(AReading.From("web-01").WithMemory(50));

        await using var again = await folder.EngineAsync(new FakeTimeProvider(Noon.AddDays(8)));
        await again.UntilAsync(() => again.Feed.Latest.Sequence > 0);

        Assert.Equal(0, again.Feed.Counts.ServersTracked);
    }

    public void Dispose() => folder.Dispose();

    private static string Text(MetricForecast? forecast) => forecast is null ? "none"
        : string.Join(' ', from step in Enumerable.Range(0, forecast.Steps) from quantile in Enumerable.Range(0, 7) select FormattableString.Invariant($"{forecast.At(quantile, step)}"));
}
