using System.Globalization;

namespace TftPortal.Engine.Fleet;

/// <summary>
/// A server's week as the forecasters saw it: 2,016 steps before the first one ahead, 14 metrics, in the window's own 16-bit codes, so that nothing is lost.
/// A metric is a column of differences from step to step, its low bytes before its high ones: so it packs best.
/// </summary>
/// <param name="Profile">What the server was for.</param>
/// <param name="FirstStep">The first step ahead, as a number of the grid.</param>
/// <param name="StepSeconds">Length of a step.</param>
/// <param name="Columns">14 columns of 2 × <see cref="Steps"/> bytes.</param>
public sealed record KeptInput(ServerProfile Profile, long FirstStep, int StepSeconds, byte[] Columns)
{
    /// <summary>Steps that are kept: a week of 5-minute steps.</summary>
    public const int Steps = 2016;

    private const int ColumnBytes = 2 * Steps;

    /// <summary>Whether it can be read.</summary>
    public bool IsWhole => Columns is { Length: ColumnBytes * MetricCatalog.Count } && StepSeconds is >= 1 and <= 3600 && Enum.IsDefined(Profile);

    /// <summary>The week of a server before a step.</summary>
    public static KeptInput Of(ServerSnapshot server, StepGrid grid, long firstStep)
    {
        var columns = new byte[ColumnBytes * MetricCatalog.Count];
        Span<float> values = stackalloc float[Steps];
        foreach (var metric in MetricCatalog.All)
        {
            server.History.CopyTo(metric.Metric, firstStep - Steps, values);
            var column = columns.AsSpan((int)metric.Metric * ColumnBytes, ColumnBytes);
            ushort before = MetricCodec.Missing;
            for (var step = 0; step < Steps; step++)
            {
                var code = MetricCodec.Encode(metric.Metric, values[step]);
                var change = unchecked((ushort)(code - before));
                (column[step], column[Steps + step], before) = ((byte)change, (byte)(change >> 8), code);
            }
        }

        return new(server.Profile, firstStep, grid.StepSeconds, columns);
    }

    /// <summary>A metric's values, oldest first, NaN where missing.</summary>
    /// <param name="metric">Which metric.</param>
    /// <param name="values">Receives <see cref="Steps"/> values.</param>
    public void CopyTo(Metric metric, Span<float> values)
    {
        var column = Columns.AsSpan((int)metric * ColumnBytes, ColumnBytes);
        var code = MetricCodec.Missing;
        for (var step = 0; step < Steps; step++)
        {
            code = unchecked((ushort)(code + column[step] + (column[Steps + step] << 8)));
            values[step] = MetricCodec.Decode(metric, code);
        }
    }

    /// <summary>
    /// Writes it as <c>Training -- forecast --input</c> reads it: <c>server,ts,profile</c> and the metrics, one row a step that has a value, blank where one is missing. The last step before the forecast
    /// has a row in any case: the command forecasts from the step after a server's last row.
    /// </summary>
    /// <param name="server">Name of the server.</param>
    /// <param name="output">Where to; its lines end as it says.</param>
    public void WriteCsv(string server, TextWriter output)
    {
        var grid = new StepGrid(StepSeconds);
        var values = new float[MetricCatalog.Count][];
        for (var metric = 0; metric < values.Length; metric++) CopyTo((Metric)metric, values[metric] = new float[Steps]);
        var sent = MetricCatalog.All.Where(metric => values[(int)metric.Metric].Any(value => !float.IsNaN(value))).ToArray();
        if (sent.Length == 0) sent = [MetricCatalog.All[0]];
        output.WriteLine($"server,ts,profile,{string.Join(',', sent.Select(metric => metric.Name))}");
        for (var step = 0; step < Steps; step++)
        {
            if (step < Steps - 1 && sent.All(metric => float.IsNaN(values[(int)metric.Metric][step]))) continue;
            output.Write(server);
            output.Write(grid.StartOf(FirstStep - Steps + step).UtcDateTime.ToString(",yyyy-MM-dd'T'HH:mm:ss'Z',", CultureInfo.InvariantCulture));
            output.Write(Profile.WireName());
            foreach (var metric in sent)
            {
                output.Write(',');
                var value = values[(int)metric.Metric][step];
                if (!float.IsNaN(value)) output.Write(value.ToString(CultureInfo.InvariantCulture));
            }

            output.WriteLine();
        }
    }
}
