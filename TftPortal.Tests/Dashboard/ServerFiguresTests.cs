using System.Text;
using System.Text.Json;
using TftPortal.Dashboard.Charts;
using TftPortal.Dashboard.Server;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Dashboard;

public sealed class ServerFiguresTests
{
    [Fact]
    public void What_is_taken_along_is_what_the_charts_show()
    {
        var outlook = AnOutlook.Of(new AServer("web-01") { ObservedSteps = 10, Absent = [Metric.SwapUsedPercent] }.With(Metric.MemUsedPercent, 71));
        var figures = FiguresOf(outlook);
        using var json = JsonDocument.Parse(figures.ToJson());
        var memory = json.RootElement.GetProperty("metrics").EnumerateArray().Single(metric => metric.GetProperty("metric").GetString() == "mem_used_pct");

        Assert.Equal("web-01", json.RootElement.GetProperty("server").GetString());
        Assert.Equal(10, memory.GetProperty("past").GetArrayLength()); // of 12 steps 2 have no reading
        Assert.Equal(71, memory.GetProperty("past")[9].GetProperty("mean").GetSingle(), 0.01);
        Assert.Equal(24, memory.GetProperty("forecast").GetArrayLength());
        Assert.Equal(["p02", "p10", "p25", "p50", "p75", "p90", "p98"], memory.GetProperty("forecast")[0].GetProperty("quantiles").EnumerateObject().Select(level => level.Name));
        Assert.Equal(outlook.Servers[0].Forecast.FirstStep, memory.GetProperty("forecast")[0].GetProperty("time").GetDateTimeOffset());
        Assert.DoesNotContain(figures.Metrics, metric => metric.Metric == "swap_used_pct");
    }

    [Fact]
    public void As_CSV_every_row_has_every_column_and_each_figure_of_the_JSON_a_row()
    {
        var figures = FiguresOf(AnOutlook.Of(new AServer("web-01")));
        var rows = Encoding.UTF8.GetString(figures.ToCsv()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("metric,unit,part,time,mean,min,max,p02,p10,p25,p50,p75,p90,p98", rows[0]);
        Assert.Equal(figures.Metrics.Sum(metric => metric.Past.Length + metric.Forecast.Length), rows.Length - 1);
        Assert.All(rows, row => Assert.Equal(14, row.Split(',').Length));
        Assert.Contains(rows, row => row.StartsWith("mem_used_pct,%,past,2026-03-10T12:00:00Z,", StringComparison.Ordinal));
    }

    private static ServerFigures FiguresOf(FleetOutlook outlook)
    {
        var server = outlook.Servers[0];
        return ServerFigures.Of(server, outlook.Grid, PastPoints.Of(server.Server.History, outlook.Grid, FanChartData.EndOfPast(server, outlook), TimeSpan.FromHours(1)), TimeSpan.FromHours(2));
    }
}
