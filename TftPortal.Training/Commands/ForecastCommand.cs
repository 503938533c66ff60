using System.CommandLine;
using System.Globalization;
using TftPortal.Engine.Fleet;
using TftPortal.Training.Scoring;
using TftPortal.Training.Series;

namespace TftPortal.Training.Commands;

/// <summary><c>forecast</c>: forecasts series of a file at given origins, with the portal's own window and forecasters.</summary>
internal static class ForecastCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "The model's folder.", DefaultValueFactory = _ => "models/default" };
    private static readonly Option<string> Input = new("--input") { Description = "CSV (.gz): server,ts, profile if it has one, and any of the 14 metrics; blank = missing.", Required = true };
    private static readonly Option<string?> Origins = new("--origins") { Description = "CSV: server,ts of the first step to forecast. Without it each server is forecast from the step after its last row." };
    private static readonly Option<int> StepSeconds = new("--step-seconds") { Description = "Length of a step, 1 to 3600: the portal's Engine:StepSeconds.", DefaultValueFactory = _ => (int)SeriesSet.Step.TotalSeconds };
    private static readonly Option<string> Output = new("--output") { Description = "CSV to write: server,ts,metric,step,p10,p50,p90.", Required = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("forecast", "Forecasts the series of a file.") { Model, Input, Origins, Output, StepSeconds };
        StepSeconds.Validators.Add(result => { if (result.GetValue(StepSeconds) is < 1 or > 3600) result.AddError($"--step-seconds is {result.GetValue(StepSeconds)}; allowed is 1 to 3600."); });
        command.SetAction(parsed => Run(parsed.GetValue(Model)!, parsed.GetValue(Input)!, parsed.GetValue(Origins), parsed.GetValue(Output)!, new(parsed.GetValue(StepSeconds))));
        return command;
    }

    private static int Run(string model, string input, string? originsFile, string output, StepGrid grid)
    {
        var set = SeriesFile.Read(input, grid);
        var origins = originsFile is null ? [.. set.Servers.Select((series, index) => (index, grid.StepOf(series.Start) + series.Length))] : ReadOrigins(originsFile, set, grid);
        using var writer = new StreamWriter(output) { NewLine = "\n" };
        writer.WriteLine("server,ts,metric,step,p10,p50,p90");
        var done = 0;
        new ForecastReplay(model, grid).Run(set, origins, (index, step, forecast) =>
        {
            var time = grid.StartOf(step).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
            foreach (var metric in forecast.Metrics)
            {
                if (metric is null) continue;
                for (var ahead = 0; ahead < metric.Steps; ahead++)
                {
                    writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{set.Servers[index].Server},{time},{MetricCatalog.Of(metric.Metric).Name},{ahead + 1},{metric.At(QuantileLevels.P10, ahead)},{metric.At(QuantileLevels.P50, ahead)},{metric.At(QuantileLevels.P90, ahead)}"));
                }
            }

            if (++done % 300 == 0) Console.WriteLine($"{done} of {origins.Count} origins");
        });
        Console.WriteLine($"Wrote {done} of {origins.Count} origins to {output}.");
        return 0;
    }

    private static List<(int Series, long Step)> ReadOrigins(string path, SeriesSet set, StepGrid grid)
    {
        var indices = set.Servers.Select((series, index) => (series.Server, index)).ToDictionary(pair => pair.Server, pair => pair.index, StringComparer.Ordinal);
        using var reader = SeriesFile.OpenText(path);
        var header = (reader.ReadLine() ?? "").Split(',');
        int server = Array.IndexOf(header, "server"), time = Array.IndexOf(header, "ts");
        if (server < 0 || time < 0) throw new InvalidDataException($"{path} needs the columns server and ts; it has {string.Join(", ", header)}.");
        var origins = new List<(int Series, long Step)>();
        var number = 1;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0) continue;
            var cells = line.Split(',');
            if (!indices.TryGetValue(cells[server], out var index)) throw new InvalidDataException($"{path}:{number} names the server '{cells[server]}', which the input does not have.");
            if (!DateTimeOffset.TryParse(cells[time], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
                throw new InvalidDataException($"{path}:{number} ts is '{cells[time]}'; an ISO 8601 time is needed.");
            origins.Add((index, grid.StepOf(moment)));
        }

        return origins;
    }
}
