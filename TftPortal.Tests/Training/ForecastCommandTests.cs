using System.Globalization;
using TftPortal.Settings;
using TftPortal.Training.Commands;

namespace TftPortal.Tests.Training;

/// <summary><c>forecast</c>, with the model that the product ships.</summary>
public sealed class ForecastCommandTests : IDisposable
{
    private const int Origin = (2 * ASeries.Day) + 17;
    private static readonly string Model = Path.Combine(PortalFolders.FindRoot(AppContext.BaseDirectory), "models", "default");

    private readonly AFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_origin_gets_96_steps_of_each_metric_that_the_file_has_with_ordered_quantiles()
    {
        var rows = Forecast([.. ASeries.Rows("a", 900), .. ASeries.Rows("b", 900)], ["a", "b"]);

        Assert.Equal(["a", "b"], rows.Select(row => row.Server).Distinct());
        Assert.All(rows, row => Assert.Equal(ASeries.Time(Origin), row.Time));
        foreach (var series in rows.GroupBy(row => (row.Server, row.Metric))) Assert.Equal(Enumerable.Range(1, 96), series.Select(row => row.Step));
        Assert.Equal(["mem_used_pct", "net_in_mb_s", "uptime_days"], rows.Select(row => row.Metric).Distinct().Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.True(row.P10 >= 0 && row.P10 <= row.P50 && row.P50 <= row.P90, $"{row}"));
        Assert.All(rows.Where(row => row.Metric == "mem_used_pct"), row => Assert.True(row.P90 <= 100, $"{row}"));
    }

    [Fact]
    public void Step_1_is_the_time_that_the_origins_file_names()
    {
        // Uptime is known exactly: a tenth of a day at the file's first step. A third of a step is what may be lost in 16 bits.
        var uptime = Forecast(ASeries.Rows("a", 900), ["a"]).Where(row => row.Metric == "uptime_days").ToArray();
        Assert.Equal(.1 + (Origin / 288.0), uptime[0].P50, tolerance: .0012);
        Assert.Equal(.1 + ((Origin + 95) / 288.0), uptime[95].P50, tolerance: .0012);
    }

    [Fact]
    public void What_happens_at_the_origin_or_after_it_does_not_change_the_forecast_and_what_happened_before_does()
    {
        var known = Forecast(ASeries.Rows("a", 900), ["a"]);

        Assert.Equal(known, Forecast(Changed(from: Origin, until: 900), ["a"]));
        Assert.Equal(known, Forecast(ASeries.Rows("a", Origin), ["a"]));
        Assert.NotEqual(known, Forecast(Changed(from: Origin - 1, until: Origin), ["a"]));

        static IEnumerable<string> Changed(int from, int until) => Enumerable.Range(0, 900).Select(step => ASeries.Row("a", step, step >= from && step < until ? 3 : ASeries.Memory(step)));
    }

    [Fact]
    public void A_file_or_origin_that_is_wrong_ends_it_with_a_failure()
    {
        folder.Write("series.csv", ASeries.Header, ASeries.Row("a", 0, 50));
        Assert.NotEqual(0, Run(folder.Write("origins.csv", "server,ts", $"b,{ASeries.Time(Origin)}")));
        Assert.NotEqual(0, Run(folder.Write("origins.csv", "server,ts", "a,tomorrow")));
        Assert.NotEqual(0, Run(folder.Write("origins.csv", "name,ts", $"a,{ASeries.Time(Origin)}")));
    }

    private Row[] Forecast(IEnumerable<string> series, string[] servers)
    {
        folder.Write("series.csv", [ASeries.Header, .. series]);
        Assert.Equal(0, Run(folder.Write("origins.csv", ["server,ts", .. servers.Select(server => $"{server},{ASeries.Time(Origin)}")])));
        var lines = File.ReadAllLines(folder["out.csv"]);
        Assert.Equal("server,ts,metric,step,p10,p50,p90", lines[0]);
        return [.. lines.Skip(1).Select(line => line.Split(',')).Select(cells => new Row(
            cells[0], cells[1], cells[2], int.Parse(cells[3], CultureInfo.InvariantCulture), Number(cells[4]), Number(cells[5]), Number(cells[6])))];
    }

    private int Run(string origins) =>
        ForecastCommand.Create().Parse(["--model", Model, "--input", folder["series.csv"], "--origins", origins, "--output", folder["out.csv"]]).Invoke();

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private sealed record Row(string Server, string Time, string Metric, int Step, double P10, double P50, double P90);
}
