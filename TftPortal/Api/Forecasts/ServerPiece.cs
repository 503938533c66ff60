using TftPortal.Engine.Fleet;

namespace TftPortal.Api.Forecasts;

/// <summary>One server's part of the answer, as UTF-8 that is kept while the server is unchanged: a head, one slice a metric, and the rest.</summary>
internal sealed class ServerPiece
{
    private readonly ServerForecast forecast;
    private readonly RiskScore risk;
    private readonly long revision;
    private readonly int[] ends; // of the head, then of each metric; an empty slice where the server does not send it

    private ServerPiece(ServerOutlook outlook, byte[] text, int[] ends)
    {
        (forecast, risk, revision) = (outlook.Forecast, outlook.Risk, outlook.Server.Revision);
        Whole = text;
        this.ends = ends;
    }

    /// <summary>All of it: <c>"name":{…}</c>.</summary>
    public ReadOnlyMemory<byte> Whole { get; }

    /// <summary>Whether it still says what the picture says.</summary>
    public bool IsOf(ServerOutlook outlook) =>
        ReferenceEquals(forecast, outlook.Forecast) && revision == outlook.Server.Revision && risk == outlook.Risk;

    /// <summary>The slices for some metrics.</summary>
    /// <param name="metrics">Bit n is set for <see cref="Metric"/> n.</param>
    public IEnumerable<ReadOnlyMemory<byte>> Of(uint metrics)
    {
        yield return Whole[..ends[0]];
        for (var metric = 0; metric < MetricCatalog.Count; metric++)
        {
            if ((metrics & (1u << metric)) != 0 && ends[metric + 1] > ends[metric]) yield return Whole[ends[metric]..ends[metric + 1]];
        }

        yield return Whole[ends[^1]..];
    }

    /// <summary>Writes a server's piece.</summary>
    public static ServerPiece Write(ServerOutlook outlook, StepGrid grid, JsonText text)
    {
        text.Clear();
        text.Quoted(outlook.Server.Name).Add(":{"u8);
        var marks = new int[MetricCatalog.Count + 1];
        marks[0] = text.Length;
        var newest = grid.StepOf(outlook.Server.LastSeen);
        foreach (var metric in MetricCatalog.All)
        {
            if (outlook.Forecast.Of(metric.Metric) is { } quantiles) ServerText.WriteMetric(text, outlook, quantiles, newest);
            marks[(int)metric.Metric + 1] = text.Length;
        }

        ServerText.WriteRest(text, outlook, grid);
        text.Add("}"u8);
        return new(outlook, text.Written.ToArray(), marks);
    }
}
