using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;
using TftPortal.Tests.Builders;

namespace TftPortal.Tests.History;

public sealed class HistoryKeepingTests
{
    private static readonly DateTimeOffset Noon = AReading.Noon;

    [Fact]
    public async Task A_day_that_is_over_becomes_one_file_and_its_hours_are_summed()
    {
        using var past = Hours(30);
        past.Clock.Advance(TimeSpan.FromDays(1));
        Assert.True(past.Compact() > 0);

        Assert.Equal(["steps/2026/03/09.parquet", "steps/2026/03/10.parquet"], past.Files(HistoryTable.Steps));
        Assert.Equal(["hours/2026/03/09.parquet", "hours/2026/03/10.parquet"], past.Files(HistoryTable.Hours));
        Assert.Equal(0, past.Compact());
        var week = await past.Archive.ServerAsync("web-01", new(Noon.AddDays(-29), Noon.AddDays(1)), [Metric.MemUsedPercent], TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromHours(3), week.Bucket);
        var whole = Assert.Single(week.Times.Select((time, index) => (time, index)), point => point.time == new DateTimeOffset(2026, 3, 10, 6, 0, 0, TimeSpan.Zero)).index;
        Assert.Equal((6 + 7 + 8) / 3f, week.Metrics[0].Mean[whole], 0.01f); // memory was the hour of the day
        Assert.Equal((6, 8), (week.Metrics[0].Low[whole], week.Metrics[0].High[whole]));
    }

    [Fact]
    public async Task A_reading_that_comes_after_its_day_was_summed_is_in_the_answer_and_the_day_is_summed_again()
    {
        using var past = Hours(30);
        past.Clock.Advance(TimeSpan.FromDays(1));
        past.Compact();
        past.Feed(AReading.From("web-02").At(Noon.AddHours(-4)).WithMemory(77));
        past.Write();
        past.Clock.Advance(TimeSpan.FromMinutes(5));
        past.Write();
        Assert.Equal(77, Assert.Single(await past.StepsAsync("web-02")).Value, 0.01f);

        past.Compact();

        var month = await past.Archive.ServerAsync("web-02", new(Noon.AddDays(-29), Noon.AddDays(1)), [Metric.MemUsedPercent], TestContext.Current.CancellationToken);
        Assert.Equal(77, Assert.Single(month.Metrics[0].Mean), 0.01f);
    }

    [Fact]
    public void What_is_older_than_the_settings_keep_is_gone_and_its_hours_stay_longer()
    {
        using var past = Hours(30);
        (past.Options.StepDays, past.Options.HourlyDays) = (3, 5);
        Live(past, 3); // 10 March is 3 days ago, 9 March 4
        Assert.Equal(["steps/2026/03/10.parquet", "steps/2026/03/11.parquet", "steps/2026/03/12.parquet"], past.Files(HistoryTable.Steps).Take(3));
        Assert.Equal("hours/2026/03/09.parquet", past.Files(HistoryTable.Hours).First());

        Live(past, 4);

        Assert.Equal("steps/2026/03/14.parquet", past.Files(HistoryTable.Steps).First());
        Assert.Equal("hours/2026/03/12.parquet", past.Files(HistoryTable.Hours).First());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_clock_that_is_years_ahead_costs_a_day_at_most_and_not_the_archive(bool readingsFollow)
    {
        using var past = Hours(30);
        (past.Options.StepDays, past.Options.HourlyDays) = (3, 5);
        Live(past, 5);
        var before = Days();

        past.Clock.Advance(TimeSpan.FromDays(2_000));
        if (readingsFollow) Live(past, 0);
        for (var turn = 0; turn < 20; turn++) past.Compact();

        Assert.Equal(before.Skip(readingsFollow ? 1 : 0), Days().Take(readingsFollow ? 3 : 4));

        List<DateOnly> Days() => [.. past.Store.Of(HistoryTable.Steps).Days().Select(day => day.Day)];
    }

    [Theory]
    [InlineData("torn")]
    [InlineData("foreign")]
    [InlineData("empty")]
    public async Task A_damaged_file_is_put_aside_and_hides_no_other_day(string damage)
    {
        using var past = Hours(30);
        past.Clock.Advance(TimeSpan.FromDays(1));
        past.Compact();
        var file = past.Store.Of(HistoryTable.Steps).PathOf(new DateOnly(2026, 3, 9));
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(file, damage switch { "torn" => bytes[..(bytes.Length / 2)], "foreign" => "not a Parquet file at all"u8.ToArray(), _ => [] }, TestContext.Current.CancellationToken);

        var left = await past.StepsAsync("web-01");

        Assert.Equal(145, left.Count); // of 10 March, from midnight to noon and its step
        Assert.Single(Directory.EnumerateFiles(Path.GetDirectoryName(file)!, "09.parquet.damaged-*"));
    }

    [Fact]
    public async Task What_a_compaction_that_was_cut_off_left_does_no_harm()
    {
        using var past = Hours(30);
        var parts = Directory.EnumerateFiles(past.Place.Folder, "*.parquet", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllBytes, StringComparer.Ordinal);
        var before = await past.StepsAsync("web-01");
        past.Clock.Advance(TimeSpan.FromDays(1));
        past.Compact();
        foreach (var (path, bytes) in parts) await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken); // they were not deleted yet
        var unfinished = past.Store.Of(HistoryTable.Steps).PathOf(new DateOnly(2026, 3, 10)) + DayFolder.Unfinished;
        await File.WriteAllTextAsync(unfinished, "half", TestContext.Current.CancellationToken);
        past.Restart();

        Assert.Equal(before, await past.StepsAsync("web-01"));
        Assert.False(File.Exists(unfinished));
    }

    [Fact]
    public async Task What_is_kept_is_Parquet_that_any_reader_takes_with_the_metrics_under_their_names()
    {
        using var past = Hours(2);
        var file = Path.Combine(past.Store.Root, past.Files(HistoryTable.Steps).First());

        await using var reader = await Parquet.ParquetReader.CreateAsync(file, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["server", "ts", "profile", .. MetricCatalog.All.Select(metric => metric.Name), "readings", "stamp", "part"], reader.Schema.Fields.Select(field => field.Name));
    }

    // So many days pass, each with a reading, and what is to be kept of them is.
    private static void Live(APast past, int days)
    {
        for (var day = 0; day <= days; day++)
        {
            if (day > 0) past.Clock.Advance(TimeSpan.FromDays(1));
            past.Feed(AReading.From("web-01").At(past.Clock.GetUtcNow()).WithMemory(50));
            past.Clock.Advance(TimeSpan.FromMinutes(5));
            past.Write();
            past.Compact();
        }
    }

    // A server's hours up to noon, a reading a step, memory the hour of the day; written in two pictures.
    private static APast Hours(int hours)
    {
        var past = new APast();
        past.Restart();
        var readings = Enumerable.Range(0, hours * 12).Select(step => Noon.AddMinutes(-5 * step)).Select(time => AReading.From("web-01").At(time).WithMemory(time.Hour)).ToList();
        past.Feed(readings.Skip(5));
        past.Write();
        past.Feed(readings);
        past.Clock.Advance(TimeSpan.FromMinutes(5));
        past.Write();
        return past;
    }
}
