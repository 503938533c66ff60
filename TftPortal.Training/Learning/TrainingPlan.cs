using TftPortal.Training.Network;

namespace TftPortal.Training.Learning;

/// <summary>One training run: the same plan on the same data gives the same model.</summary>
internal sealed record TrainingPlan
{
    /// <summary>Steps of the optimiser.</summary>
    public int Steps { get; init; } = 16_000;
    /// <summary>Windows a step, over all sets.</summary>
    public int BatchSize { get; init; } = 64;
    /// <summary>Largest learning rate, reached after 100 steps and then falling along a cosine to 2 %.</summary>
    public double LearningRate { get; init; } = 3e-3;
    /// <summary>Weight decay of the matrices.</summary>
    public double WeightDecay { get; init; } = .01;
    /// <summary>Share of values dropped.</summary>
    public double Dropout { get; init; } = .1;
    /// <summary>Largest norm of a gradient.</summary>
    public double Clip { get; init; } = 1;
    /// <summary>How much the moving average of the weights, which becomes the model, keeps a step.</summary>
    public double AverageKeep { get; init; } = .999;
    /// <summary>Decides the start, the draws and the dropout.</summary>
    public int Seed { get; init; } = 1;
    /// <summary>Share of simulated windows, 0–1, when there is real data too.</summary>
    public double SimulatedShare { get; init; } = .25;
    /// <summary>Share of windows from the Server Machine Dataset, 0–1, where it is there: five machines, so few.</summary>
    public double MachineShare { get; init; } = .06;
    /// <summary>Simulated servers.</summary>
    public int SimulatedServers { get; init; } = 140;
    /// <summary>Days of each.</summary>
    public int SimulatedDays { get; init; } = 28;
    /// <summary>Sizes of the network.</summary>
    public NetworkShape Shape { get; init; } = new();

    /// <summary>The learning rate of a step.</summary>
    public double RateAt(int step) =>
        LearningRate * Math.Min(1, (step + 1) / 100.0) * Math.Max(.02, .5 * (1 + Math.Cos(Math.PI * step / Steps)));
}
