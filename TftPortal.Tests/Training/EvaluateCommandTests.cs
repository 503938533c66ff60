using System.Globalization;
using System.Text.RegularExpressions;
using TftPortal.Settings;
using TftPortal.Training.Commands;

namespace TftPortal.Tests.Training;

/// <summary><c>evaluate</c>, with the model that the product ships. It speaks on the console, which all tests share: it runs alone.</summary>
[Collection(nameof(ConsoleAlone))]
public sealed partial class EvaluateCommandTests : IDisposable
{
    private static readonly string Model = Path.Combine(PortalFolders.FindRoot(AppContext.BaseDirectory), "models", "default");

    private readonly AFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_metric_and_horizon_is_scored_for_the_network_and_the_four_simple_forecasts()
    {
        // From the 25th day on, an origin every 96 steps whose 96 steps are there: 2.
        folder.Write("metrics_5min_2026-03.csv.gz", [ASeries.Header, .. ASeries.Rows("a", (24 * ASeries.Day) + 192)]);
        var printed = Run();
        var scores = ScoreLine().Matches(printed).ToLookup(line => line.Groups["method"].Value.TrimEnd(), line => line);

        foreach (var title in (ReadOnlySpan<string>)["mem_used_pct, 12 steps", "mem_used_pct, 96 steps", "net_in_mb_s, 12 steps", "net_in_mb_s, 96 steps"]) Assert.Contains(title, printed, StringComparison.Ordinal);
        Assert.Superset(new HashSet<string>(["tft", "last value", "seasonal naive", "the old line", "quantiles of 24 h"], StringComparer.Ordinal), scores.Select(group => group.Key).ToHashSet(StringComparer.Ordinal));
        Assert.All(scores, group => Assert.All(group, line => Assert.Equal("2", line.Groups["windows"].Value)));
        Assert.All(scores, group => Assert.All(group, line => Assert.InRange(double.Parse(line.Groups["coverage"].Value, CultureInfo.InvariantCulture), 0, 1)));

        // Memory repeats every day to the digit: yesterday's value is never wrong.
        Assert.Equal(("0.000", "0.000"), (scores["seasonal naive"].First().Groups["wql"].Value, scores["seasonal naive"].First().Groups["mase"].Value));
        Assert.NotEqual("0.000", scores["last value"].First().Groups["wql"].Value);
    }

    [Fact]
    public void The_newest_month_is_scored_and_a_window_with_a_gap_in_what_was_measured_is_left_out()
    {
        folder.Write("metrics_5min_2026-02.csv.gz", ASeries.Header, "nobody,2026-02-01T00:00:00,not a number,1,1");
        folder.Write("metrics_5min_2026-03.csv.gz", [ASeries.Header, .. ASeries.Rows("a", (24 * ASeries.Day) + 192).Select((row, step) =>
            step == (24 * ASeries.Day) + 150 ? $"a,{ASeries.Time(step)},,{row.Split(',')[3]},{row.Split(',')[4]}" : row)]);
        var printed = Run();

        var memory = printed[printed.IndexOf("mem_used_pct, 96", StringComparison.Ordinal)..printed.IndexOf("net_in_mb_s, 12", StringComparison.Ordinal)];
        var network = printed[printed.IndexOf("net_in_mb_s, 96", StringComparison.Ordinal)..];
        Assert.All(ScoreLine().Matches(memory), line => Assert.Equal("1", line.Groups["windows"].Value));
        Assert.Equal("2", ScoreLine().Match(network).Groups["windows"].Value);
    }

    private string Run()
    {
        var console = Console.Out;
        using var spoken = new StringWriter(CultureInfo.InvariantCulture);
        Console.SetOut(spoken);
        try
        {
            Assert.Equal(0, EvaluateCommand.Create().Parse(["--model", Model, "--data", folder.Path]).Invoke());
        }
        finally
        {
            Console.SetOut(console);
        }

        return spoken.ToString();
    }

    [GeneratedRegex(@"^  (?<method>.{20}) WQL (?<wql>[0-9.]+)  MASE (?<mase>[0-9.]+)  coverage (?<coverage>[0-9.]+)  windows (?<windows>[0-9]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ScoreLine();
}

/// <summary>Tests that listen to the console.</summary>
[CollectionDefinition(nameof(ConsoleAlone), DisableParallelization = true)]
public sealed class ConsoleAlone;
