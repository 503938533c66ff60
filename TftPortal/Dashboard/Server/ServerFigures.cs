using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using TftPortal.Dashboard.Charts;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Server;

/// <summary>A point of the past that a chart shows.</summary>
/// <param name="Time">When it begins.</param>
/// <param name="Mean">The mean of its steps, in the metric's unit.</param>
/// <param name="Min">The least.</param>
/// <param name="Max">The largest.</param>
public sealed record PastFigure(DateTimeOffset Time, float Mean, float Min, float Max);

/// <summary>A step ahead that a chart shows.</summary>
/// <param name="Time">When it begins.</param>
/// <param name="Quantiles">By level, for example <c>p10</c>, in the metric's unit.</param>
public sealed record AheadFigure(DateTimeOffset Time, ImmutableSortedDictionary<string, float> Quantiles);

/// <summary>What the chart of one metric shows.</summary>
/// <param name="Metric">Wire name of the metric.</param>
/// <param name="Unit">Its unit; empty for a plain number.</param>
/// <param name="Source">Who forecast: <c>tft</c>, <c>baseline</c> or <c>computed</c>; null where nobody did.</param>
/// <param name="Past">The points that have a value.</param>
/// <param name="Forecast">The steps ahead.</param>
public sealed record MetricFigures(string Metric, string Unit, string? Source, ImmutableArray<PastFigure> Past, ImmutableArray<AheadFigure> Forecast);

/// <summary>What the charts of a server show, as figures to take along. Times are UTC.</summary>
/// <param name="Server">Name of the server.</param>
/// <param name="MadeAt">When the forecast was made.</param>
/// <param name="ModelVersion">By what.</param>
/// <param name="PointSeconds">The time that a point of the past stands for.</param>
/// <param name="StepSeconds">Length of a step ahead.</param>
/// <param name="Metrics">The metrics that the server sends.</param>
public sealed record ServerFigures(string Server, DateTimeOffset MadeAt, string ModelVersion, double PointSeconds, int StepSeconds, ImmutableArray<MetricFigures> Metrics)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly ImmutableArray<string> Levels = [.. QuantileLevels.All.Select(level => string.Create(CultureInfo.InvariantCulture, $"p{level * 100:00}"))];

    /// <summary>Takes the figures of the charts.</summary>
    /// <param name="server">The server.</param>
    /// <param name="grid">The time grid.</param>
    /// <param name="past">Its past.</param>
    /// <param name="ahead">How far ahead.</param>
    public static ServerFigures Of(ServerOutlook server, StepGrid grid, PastPoints past, TimeSpan ahead) => new(
        server.Server.Name, server.Forecast.MadeAt, server.Forecast.ModelVersion, past.PointMilliseconds / 1000d, grid.StepSeconds,
        [.. MetricCatalog.All.Select(metric => Of(metric, server, grid, past, ahead)).Where(figures => figures.Past.Length > 0 || figures.Forecast.Length > 0)]);

    /// <summary>As JSON, in UTF-8.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Form);

    /// <summary>As CSV: a row a point of the past and a step ahead of each metric.</summary>
    public byte[] ToCsv()
    {
        var text = new StringBuilder("metric,unit,part,time,mean,min,max," + string.Join(',', Levels) + "\r\n");
        foreach (var metric in Metrics)
        {
            foreach (var (time, mean, min, max) in metric.Past) text.Append(CultureInfo.InvariantCulture, $"{metric.Metric},{metric.Unit},past,{time:yyyy-MM-dd'T'HH:mm:ss'Z'},{mean:G6},{min:G6},{max:G6}{new string(',', Levels.Length)}\r\n");
            foreach (var (time, quantiles) in metric.Forecast) text.Append(CultureInfo.InvariantCulture, $"{metric.Metric},{metric.Unit},forecast,{time:yyyy-MM-dd'T'HH:mm:ss'Z'},,,,").AppendJoin(',', Levels.Select(level => quantiles[level].ToString("G6", CultureInfo.InvariantCulture))).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static MetricFigures Of(MetricDefinition metric, ServerOutlook server, StepGrid grid, PastPoints past, TimeSpan ahead)
    {
        float[] mean = new float[past.Count], min = new float[past.Count], max = new float[past.Count];
        past.CopyTo(metric.Metric, mean, min, max);
        var forecast = server.Forecast.Of(metric.Metric);
        return new(
            metric.Name, metric.Unit, forecast is null ? null : Names.Of(forecast.Source),
            [.. Enumerable.Range(0, past.Count).Where(point => !float.IsNaN(mean[point])).Select(point => new PastFigure(DateTimeOffset.FromUnixTimeMilliseconds(past.FirstMilliseconds + (point * past.PointMilliseconds)), mean[point], min[point], max[point]))],
            forecast is null ? [] : [.. Enumerable.Range(0, FanChartData.StepsWithin(forecast, grid, ahead)).Select(step => new AheadFigure(server.Forecast.FirstStep + (step * grid.Length), QuantilesOf(forecast, step)))]);
    }

    private static ImmutableSortedDictionary<string, float> QuantilesOf(MetricForecast forecast, int step) =>
        Levels.Select((level, quantile) => KeyValuePair.Create(level, forecast.At(quantile, step))).ToImmutableSortedDictionary(StringComparer.Ordinal);
}
