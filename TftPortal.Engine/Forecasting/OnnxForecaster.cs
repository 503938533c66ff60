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
    private readonly OnnxPass large, small;

    static OnnxForecaster() => RuntimeTelemetry.SwitchOff();

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
        using var options = Options();
        var graph = Path.Combine(folder, ModelFile);
        try
        {
            session = new(graph, options);
            large = Pass(Large);
            small = Pass(Small);
        }
        catch (OnnxRuntimeException refused)
        {
            session?.Dispose();
            throw new InvalidDataException($"{graph} is not a model of this contract: {refused.Message}", refused);
        }
    }

    /// <inheritdoc/>
    public string Version { get; }

    /// <summary>How many servers' worth of work forecasting so many is: a batch costs the same however full it is.</summary>
    public static int WorkOf(int servers) => (servers / Large * Large) + ((servers % Large) switch { 0 => 0, <= Small => Small, _ => Large });

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
            var pass = servers.Count - start > Small ? large : small;
            var count = Math.Min(pass.Size, servers.Count - start);
            pass.Run(servers, start, count, firstStep, forecasts.Slice(start, count));
            start += count;
        }
    }

    /// <summary>Somebody who may ask this network beside its forecasts, from one other thread; to be disposed before this.</summary>
    public OnnxProbe Probe() => new(Pass(OnnxProbe.Few, withFocus: true), Pass(OnnxProbe.Size, withFocus: true), Version);

    /// <summary>How a session runs: on one thread, with everything that ONNX Runtime can fuse; to be disposed.</summary>
    internal static SessionOptions Options()
    {
        var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
        options.AddSessionConfigEntry("session.set_denormal_as_zero", "1");
        return options;
    }

    /// <summary>Room for a batch of a size; with the outputs beside the quantiles where asked for.</summary>
    internal OnnxPass Pass(int size, bool withFocus = false) => new(session, size, withFocus, Version, grid, clock);

    /// <inheritdoc/>
    public void Dispose()
    {
        large.Dispose();
        small.Dispose();
        session.Dispose();
    }
}
