using System.Text.Json;
using System.Text.Json.Serialization;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Contract;

/// <summary>What a model was trained to: <c>model.json</c> beside <c>model.onnx</c>. A model of another contract is refused.</summary>
public sealed record ModelContract
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    /// <summary>Revision of the inputs' meaning; grows when an input changes.</summary>
    public const int CurrentInputs = 2;

    /// <summary>Version of the model, for people and for <c>model_version</c>.</summary>
    public required string Version { get; init; }
    /// <summary>Revision of the inputs' meaning.</summary>
    public int Inputs { get; init; } = CurrentInputs;
    /// <summary>Length of a step that it was trained on, seconds.</summary>
    public int StepSeconds { get; init; } = 300;
    /// <summary>Steps ahead.</summary>
    public int HorizonSteps { get; init; } = InputShape.Horizon;
    /// <summary>Steps of history it looks at.</summary>
    public int HistorySteps { get; init; } = InputShape.Week;
    /// <summary>Observed steps that a server needs.</summary>
    public int RequiredSteps { get; init; } = InputShape.RequiredSteps;
    /// <summary>The metrics, in order of the graph's first axis.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [.. MetricCatalog.All.Select(metric => metric.Name)];
    /// <summary>The quantiles.</summary>
    public IReadOnlyList<float> Quantiles { get; init; } = [.. QuantileLevels.All];

    /// <summary>Reads a contract.</summary>
    /// <exception cref="InvalidDataException">It is not readable, or not one that this program serves: says what differs.</exception>
    public static ModelContract Load(string path)
    {
        ModelContract contract;
        try
        {
            contract = JsonSerializer.Deserialize<ModelContract>(File.ReadAllBytes(path), Format) ?? throw new InvalidDataException($"{path} is empty.");
        }
        catch (JsonException unreadable)
        {
            throw new InvalidDataException($"{path} is not a model's contract: {unreadable.Message}", unreadable);
        }

        var expected = new ModelContract { Version = contract.Version };
        if (contract.Inputs != expected.Inputs || contract.HorizonSteps != expected.HorizonSteps || contract.HistorySteps != expected.HistorySteps)
            throw new InvalidDataException($"{path} is of inputs {contract.Inputs}, {contract.HistorySteps} steps of history and {contract.HorizonSteps} ahead; this program serves inputs {expected.Inputs}, {expected.HistorySteps} and {expected.HorizonSteps}.");
        if (!contract.Metrics.SequenceEqual(expected.Metrics)) throw new InvalidDataException($"{path} names the metrics {string.Join(", ", contract.Metrics)}; this program serves {string.Join(", ", expected.Metrics)}.");
        if (!contract.Quantiles.SequenceEqual(expected.Quantiles)) throw new InvalidDataException($"{path} names the quantiles {string.Join(", ", contract.Quantiles)}; this program serves {string.Join(", ", expected.Quantiles)}.");
        return contract;
    }

    /// <summary>Writes the contract.</summary>
    public void Save(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Format) + "\n");
}
