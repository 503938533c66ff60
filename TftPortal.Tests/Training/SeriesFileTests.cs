using TftPortal.Engine.Fleet;
using TftPortal.Training.Series;

namespace TftPortal.Tests.Training;

public sealed class SeriesFileTests : IDisposable
{
    private readonly AFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("series.csv")]
    [InlineData("series.csv.gz")]
    public void A_file_is_read_onto_the_five_minute_grid_gzipped_or_not(string name)
    {
        var set = SeriesFile.Read(folder.Write(name,
            "server,ts,mem_used_pct,load_average",
            "a,2026-03-10T12:00:00,50.5,1",
            "b,2026-03-10T12:05:00,60,2",
            "a,2026-03-10T12:05:00,51.5,3"));

        Assert.Equal([Metric.MemUsedPercent, Metric.LoadAverage], set.Metrics);
        Assert.Equal(["a", "b"], set.Servers.Select(server => server.Server));
        Assert.Equal(new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero), set.Servers[0].Start);
        Assert.Equal([50.5f, 51.5f], set.Servers[0].Values[0]);
        Assert.Equal([1, 3], set.Servers[0].Values[1]);
        Assert.Equal(new(2026, 3, 10, 12, 5, 0, TimeSpan.Zero), set.Servers[1].Start);
    }

    [Fact]
    public void What_is_blank_or_has_no_row_is_missing_and_never_zero()
    {
        var set = SeriesFile.Read(folder.Write("series.csv",
            "server,ts,mem_used_pct,load_average",
            "a,2026-03-10T12:00:00,,1",
            "",
            "a,2026-03-10T12:10:00,52,"));

        Assert.Equal([float.NaN, float.NaN, 52], set.Servers[0].Values[0]);
        Assert.Equal([1, float.NaN, float.NaN], set.Servers[0].Values[1]);
    }

    [Fact]
    public void Times_are_UTC_unless_they_say_otherwise() =>
        Assert.Equal(new(2026, 3, 10, 10, 0, 0, TimeSpan.Zero), SeriesFile.Read(folder.Write("series.csv", "server,ts,load_average", "a,2026-03-10T12:00:00+02:00,1")).Servers[0].Start);

    [Fact]
    public void A_profile_is_read_where_there_is_one_and_an_unknown_one_is_named()
    {
        var set = SeriesFile.Read(folder.Write("series.csv", "server,ts,profile,load_average", "a,2026-03-10T12:00:00,database,1", "b,2026-03-10T12:00:00,,1"));

        Assert.Equal([ServerProfile.Database, ServerProfile.Generic], set.Servers.Select(server => server.Profile));
        var path = folder.Write("wrong.csv", "server,ts,profile,load_average", "a,2026-03-10T12:00:00,toaster,1");
        Assert.StartsWith($"{path}:2 profile is 'toaster'; known are generic, ", Assert.Throws<InvalidDataException>(() => SeriesFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Total_processor_is_what_idle_leaves_and_columns_of_others_are_left_alone()
    {
        var set = SeriesFile.Read(folder.Write("series.csv", "server,ts,room,cpu_total_pct", "a,2026-03-10T12:00:00,cellar,30"));

        Assert.Equal([Metric.CpuIdlePercent], set.Metrics);
        Assert.Equal([70], set.Servers[0].Values[0]);
    }

    [Theory]
    [InlineData("ts,load_average", "has no column server; it has ts, load_average.")]
    [InlineData("server,load_average", "has no column ts; it has server, load_average.")]
    [InlineData("server,ts,loadaverage", "has no metric column; known are cpu_user_pct, ")]
    [InlineData("server,ts,cpu_total_pct,cpu_idle_pct", "has both cpu_total_pct and cpu_idle_pct; give one.")]
    public void A_header_that_lacks_something_is_refused_with_what_it_has(string header, string reason)
    {
        var path = folder.Write("series.csv", header);
        Assert.StartsWith($"{path} {reason}", Assert.Throws<InvalidDataException>(() => SeriesFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,2026-03-10T12:05:00,lots", "load_average is 'lots'; a finite number or nothing is needed.")]
    [InlineData("a,2026-03-10T12:05:00,NaN", "load_average is 'NaN'; a finite number or nothing is needed.")]
    [InlineData("a,2026-03-10T12:05:00,1e99", "load_average is '1e99'; a finite number or nothing is needed.")]
    [InlineData("a,yesterday,1", "ts is 'yesterday'; an ISO 8601 time is needed.")]
    [InlineData("a,2026-03-10T12:05:00", "has 2 cells; the header has 3.")]
    public void A_bad_value_is_refused_with_its_file_and_line(string line, string reason)
    {
        var path = folder.Write("series.csv", "server,ts,load_average", "a,2026-03-10T12:00:00,1", line);
        Assert.Equal($"{path}:3 {reason}", Assert.Throws<InvalidDataException>(() => SeriesFile.Read(path)).Message);
    }

    [Fact]
    public void The_machine_dataset_is_brought_into_our_units_without_its_newest_days()
    {
        var rows = Enumerable.Range(0, 2 * 288).Select(step => step < 288 ? "m-1,.25,.5,.1,.2,.3" : "m-1,1,1,1,1,1");
        var set = SmdFile.Read(folder.Write("smd.csv.gz", ["machine,cpu_r,mem_u,eth1_fi,eth1_fo,load_1", .. rows]), heldOutDays: 1);

        var machine = Assert.Single(set.Servers);
        Assert.Equal(288, machine.Length);
        Assert.Equal([Metric.CpuIdlePercent, Metric.MemUsedPercent, Metric.NetInMegabytesPerSecond, Metric.NetOutMegabytesPerSecond, Metric.LoadAverage], set.Metrics);
        Assert.Equal([75f, 50, 1, 2, 3], machine.Values.Select(values => values[^1]));
    }

    [Fact]
    public void A_machine_dataset_without_one_of_its_columns_is_refused()
    {
        var path = folder.Write("smd.csv", "machine,cpu_r,mem_u");
        Assert.StartsWith($"{path} lacks one of the columns cpu_r, mem_u, ", Assert.Throws<InvalidDataException>(() => SmdFile.Read(path, 0)).Message, StringComparison.Ordinal);
    }
}
