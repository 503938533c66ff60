using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Forecasting;

/// <summary>Takes servers through the network, a batch of a fixed size at a time. One call at a time; several passes may share a session.</summary>
internal sealed class OnnxPass(InferenceSession session, int size, bool withFocus, string version, StepGrid grid, TimeProvider clock) : IDisposable
{
    private readonly OnnxBatch batch = new(session, size, withFocus);
    private readonly InputEncoder encoder = new();
    private readonly float[] week = new float[MetricCatalog.Count * InputShape.Week];
    private readonly float[] quantiles = new float[InputShape.Horizon * QuantileLevels.Count];

    /// <summary>How many servers fit.</summary>
    public int Size => batch.Inputs.Size;

    /// <summary>Forecasts some servers of a list.</summary>
    /// <param name="servers">The list.</param>
    /// <param name="start">The first of them.</param>
    /// <param name="count">How many, at most <see cref="Size"/>.</param>
    /// <param name="firstStep">The first step to forecast.</param>
    /// <param name="forecasts">Receives <paramref name="count"/> forecasts.</param>
    public void Run(IReadOnlyList<ServerSnapshot> servers, int start, int count, long firstStep, Span<ServerForecast?> forecasts)
    {
        for (var slot = 0; slot < count; slot++) Encode(servers[start + slot], firstStep, slot);
        batch.Run();
        for (var slot = 0; slot < count; slot++) forecasts[slot] = Read(servers[start + slot], firstStep, slot);
    }

    /// <summary>Runs the network alone, on the inputs of the last run.</summary>
    internal void RunAgain() => batch.Run();

    /// <summary>What the network looked at for a server of the last run; null where this pass or the graph does not tell.</summary>
    /// <param name="slot">Which of its servers.</param>
    public NetworkFocus? Focus(int slot) => batch.Focus(slot);

    /// <inheritdoc/>
    public void Dispose() => batch.Dispose();

    private void Encode(ServerSnapshot server, long firstStep, int slot)
    {
        foreach (var metric in batch.Inputs.Metrics)
            server.History.CopyTo(metric, firstStep - InputShape.Week, week.AsSpan((int)metric * InputShape.Week, InputShape.Week));
        encoder.Encode(week, grid.StartOf(firstStep), grid.Length, server.Profile, batch.Inputs, slot);
    }

    private ServerForecast Read(ServerSnapshot server, long firstStep, int slot)
    {
        var metrics = ImmutableArray.CreateBuilder<MetricForecast?>(MetricCatalog.Count);
        foreach (var metric in batch.Inputs.Metrics)
        {
            var present = batch.Inputs.Mask[(slot * MetricCatalog.Count) + (int)metric] > 0;
            metrics.Add(metric == Metric.UptimeDays ? UptimeForecast.Of(server, grid, firstStep) : present ? Read(metric, slot) : null);
        }

        return new()
        {
            Server = server.Name,
            FirstStep = grid.StartOf(firstStep),
            ModelType = ForecastSource.Tft,
            ModelVersion = version,
            MadeAt = clock.GetUtcNow(),
            Revision = server.Revision,
            Metrics = metrics.MoveToImmutable(),
        };
    }

    private MetricForecast Read(Metric metric, int slot)
    {
        var row = batch.Inputs.Row((int)metric, slot);
        var raw = batch.Quantiles.AsSpan(row * quantiles.Length, quantiles.Length);
        float centre = batch.Inputs.Centre[row], scale = batch.Inputs.Scale[row];
        for (var step = 0; step < InputShape.Horizon; step++)
        {
            for (var quantile = 0; quantile < QuantileLevels.Count; quantile++)
            {
                var value = (raw[(step * QuantileLevels.Count) + quantile] * scale) + centre;
                // The complement of the highest quantile of used CPU is the lowest of idle CPU.
                var place = MetricUnits.IsComplement(metric) ? QuantileLevels.Count - 1 - quantile : quantile;
                quantiles[(step * QuantileLevels.Count) + place] = MetricUnits.Convert(metric, value);
            }
        }

        return MetricForecast.From(metric, ForecastSource.Tft, quantiles);
    }
}
