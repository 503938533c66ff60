using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Forecasting;

/// <summary>The Temporal Fusion Transformer in ONNX Runtime: one thread, batches of 32 (beyond 64 a batch leaves the cache). One call at a time.</summary>
internal sealed class OnnxForecaster : IForecaster, IDisposable
{
    /// <summary>Name of the graph's file in a model's folder.</summary>
    public const string ModelFile = "model.onnx";
    private const int Large = 32, Small = 4;
    private readonly StepGrid grid;
    private readonly TimeProvider clock;
    private readonly InferenceSession session;
    private readonly OnnxBatch large, small;
    private readonly InputEncoder encoder = new();
    private readonly float[] week = new float[MetricCatalog.Count * InputShape.Week];
    private readonly float[] quantiles = new float[InputShape.Horizon * QuantileLevels.Count];

    /// <summary>Loads a model.</summary>
    /// <param name="folder">Holds <c>model.onnx</c> and <c>model.json</c>.</param>
    /// <param name="grid">The time grid.</param>
    /// <param name="clock">The time.</param>
    /// <exception cref="InvalidDataException">The contract is not one that this program serves, or the graph is not readable or not of the contract.</exception>
    public OnnxForecaster(string folder, StepGrid grid, TimeProvider clock)
    {
        this.grid = grid;
        this.clock = clock;
        Version = ModelContract.Load(Path.Combine(folder, "model.json")).Version;
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
        options.AddSessionConfigEntry("session.set_denormal_as_zero", "1");
        var graph = Path.Combine(folder, ModelFile);
        try
        {
            session = new(graph, options);
            large = new(session, Large);
            small = new(session, Small);
        }
        catch (OnnxRuntimeException refused)
        {
            session?.Dispose();
            throw new InvalidDataException($"{graph} is not a model of this contract: {refused.Message}", refused);
        }
    }

    /// <inheritdoc/>
    public string Version { get; }

    /// <inheritdoc/>
    public bool CanForecast(ServerSnapshot server, long firstStep)
    {
        var observed = 0;
        for (var step = firstStep - 1; step >= firstStep - InputShape.History; step--)
            if (server.History.ReadingsIn(step) > 0 && ++observed == InputShape.RequiredSteps) return true;
        return false;
    }

    /// <inheritdoc/>
    public void Forecast(IReadOnlyList<ServerSnapshot> servers, long firstStep, Span<ServerForecast?> forecasts, CancellationToken stop)
    {
        for (var start = 0; start < servers.Count;)
        {
            stop.ThrowIfCancellationRequested();
            var batch = servers.Count - start > Small ? large : small;
            var count = Math.Min(batch.Inputs.Size, servers.Count - start);
            for (var slot = 0; slot < count; slot++) Encode(servers[start + slot], firstStep, batch.Inputs, slot);
            batch.Run();
            for (var slot = 0; slot < count; slot++) forecasts[start + slot] = Read(servers[start + slot], firstStep, batch, slot);
            start += count;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        large.Dispose();
        small.Dispose();
        session.Dispose();
    }

    private void Encode(ServerSnapshot server, long firstStep, InputBatch batch, int slot)
    {
        foreach (var metric in batch.Metrics)
            server.History.CopyTo(metric, firstStep - InputShape.Week, week.AsSpan((int)metric * InputShape.Week, InputShape.Week));
        encoder.Encode(week, grid.StartOf(firstStep), grid.Length, server.Profile, batch, slot);
    }

    private ServerForecast Read(ServerSnapshot server, long firstStep, OnnxBatch batch, int slot)
    {
        var metrics = ImmutableArray.CreateBuilder<MetricForecast?>(MetricCatalog.Count);
        foreach (var metric in batch.Inputs.Metrics)
        {
            var present = batch.Inputs.Mask[(slot * MetricCatalog.Count) + (int)metric] > 0;
            metrics.Add(metric == Metric.UptimeDays ? UptimeForecast.Of(server, grid, firstStep) : present ? Read(metric, batch, slot) : null);
        }

        return new()
        {
            Server = server.Name,
            FirstStep = grid.StartOf(firstStep),
            ModelType = ForecastSource.Tft,
            ModelVersion = Version,
            MadeAt = clock.GetUtcNow(),
            Revision = server.Revision,
            Metrics = metrics.MoveToImmutable(),
        };
    }

    private MetricForecast Read(Metric metric, OnnxBatch batch, int slot)
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
