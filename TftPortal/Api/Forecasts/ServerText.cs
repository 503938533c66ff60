using TftPortal.Engine.Fleet;

namespace TftPortal.Api.Forecasts;

/// <summary>The words of one server's piece.</summary>
internal static class ServerText
{
    private const int LookAheadSeconds = 3600; // "predicted" of display_metrics: in an hour, how far alerts look

    private static readonly (string Name, Metric Metric)[] Displayed =
    [
        ("cpu", Metric.CpuIdlePercent), ("memory", Metric.MemUsedPercent), ("iowait", Metric.CpuIowaitPercent),
        ("swap", Metric.SwapUsedPercent), ("disk", Metric.DiskUsagePercent), ("load", Metric.LoadAverage),
    ];

    /// <summary>The old dashboard's colours, so that both can stand side by side.</summary>
    private static readonly (string Level, string Color, string Label)[] Levels =
        [("healthy", "#44ff44", "Healthy"), ("degrading", "#ffcc00", "Degrading"), ("warning", "#ff9900", "Warning"), ("critical", "#ff4444", "Critical")];

    /// <summary>A metric, with a comma behind it: more always follows.</summary>
    public static void WriteMetric(JsonText text, ServerOutlook outlook, MetricForecast forecast, long newestStep)
    {
        Span<float> values = stackalloc float[forecast.Steps];
        text.Quoted(MetricCatalog.Of(forecast.Metric).Name).Add(":{"u8);
        WriteQuantile(text, "\"p50\":["u8, forecast, QuantileLevels.P50, values);
        WriteQuantile(text, "\"p10\":["u8, forecast, QuantileLevels.P10, values);
        WriteQuantile(text, "\"p90\":["u8, forecast, QuantileLevels.P90, values);
        text.Add("\"current\":"u8).Value(outlook.Server.Latest[(int)forecast.Metric]);
        text.Add(",\"trend\":"u8).Number(Trend.Of(outlook.Server.History, forecast.Metric, newestStep));
        if (forecast.Source != outlook.Forecast.ModelType) text.Add(",\"source\":"u8).Quoted(NameOf(forecast.Source));
        text.Add("},"u8);
    }

    /// <summary>What stands beside the metrics.</summary>
    public static void WriteRest(JsonText text, ServerOutlook outlook, StepGrid grid)
    {
        var (server, forecast, risk) = outlook;
        var (level, color, label) = Levels[(int)risk.Level];
        var score = Math.Round(risk.Value, 1);
        text.Add("\"risk_score\":"u8).Number(score);
        text.Add(",\"profile\":"u8).Quoted(server.Profile.WireName());
        text.Add(",\"status\":"u8).Quoted(server.Status.WireName());
        text.Add(",\"model_type\":"u8).Quoted(NameOf(forecast.ModelType));
        text.Add(",\"model_version\":"u8).Quoted(forecast.ModelVersion);
        text.Add(",\"first_step\":"u8).Quoted(Timestamps.Text(forecast.FirstStep));
        text.Add(",\"last_seen\":"u8).Quoted(Timestamps.Text(server.LastSeen));
        if (server.IsSimulated) text.Add(",\"simulated\":true"u8);
        text.Add(",\"alert\":{\"level\":"u8).Quoted(level).Add(",\"score\":"u8).Number(score);
        text.Add(",\"color\":"u8).Quoted(color).Add(",\"label\":"u8).Quoted(label).Add("}"u8);
        WriteDisplay(text, outlook, grid);
    }

    private static void WriteDisplay(JsonText text, ServerOutlook outlook, StepGrid grid)
    {
        text.Add(",\"display_metrics\":{"u8);
        var isFirst = true;
        foreach (var (name, metric) in Displayed)
        {
            if (outlook.Forecast.Of(metric) is not { } forecast) continue;
            double current = outlook.Server.Latest[(int)metric];
            double predicted = forecast.At(QuantileLevels.P50, Math.Clamp((LookAheadSeconds / grid.StepSeconds) - 1, 0, forecast.Steps - 1));
            if (metric == Metric.CpuIdlePercent) (current, predicted) = (100 - current, 100 - predicted);
            if (!isFirst) text.Add(","u8);
            isFirst = false;
            text.Quoted(name).Add(":{\"current\":"u8).Number(Math.Round(current, 2)).Add(",\"predicted\":"u8).Number(Math.Round(predicted, 2));
            text.Add(",\"delta\":"u8).Number(Math.Round(predicted - current, 2));
            text.Add(",\"unit\":"u8).Quoted(MetricCatalog.Of(metric).Unit).Add("}"u8);
        }

        text.Add("}"u8);
    }

    private static void WriteQuantile(JsonText text, ReadOnlySpan<byte> head, MetricForecast forecast, int quantile, Span<float> values)
    {
        forecast.CopyTo(quantile, values);
        text.Add(head);
        for (var step = 0; step < values.Length; step++)
        {
            if (step > 0) text.Add(","u8);
            text.Value(values[step]);
        }

        text.Add("],"u8);
    }

    private static string NameOf(ForecastSource source) => source switch
    {
        ForecastSource.Tft => "tft",
        ForecastSource.Computed => "computed",
        _ => "baseline",
    };
}
