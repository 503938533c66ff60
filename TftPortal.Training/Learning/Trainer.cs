using System.Diagnostics;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Training.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace TftPortal.Training.Learning;

/// <summary>One source of windows and its part of every batch.</summary>
/// <param name="Sampler">Where windows come from.</param>
/// <param name="Size">Windows of every batch.</param>
/// <param name="MetricPower">See <see cref="LossWeights.Measure"/>.</param>
internal sealed record TrainingSource(WindowSampler Sampler, int Size, double MetricPower);

/// <summary>Learns the weights: quantile loss, AdamW, a moving average of the weights. Deterministic for a plan and its sources; resumes from a checkpoint as if never stopped.</summary>
internal sealed class Trainer
{
    private readonly TrainingPlan plan;
    private readonly TorchWeights weights;
    private readonly AdamW optimiser;
    private readonly Tensor average;
    private readonly Part[] parts;

    /// <summary>Prepares a run.</summary>
    public Trainer(TrainingPlan plan, IReadOnlyList<TrainingSource> sources)
    {
        this.plan = plan;
        weights = TorchNetwork.Initialise(plan.Shape, plan.Seed);
        using var scope = NewDisposeScope();
        optimiser = new(weights.Flat, weights.DecayMask().DetachFromDisposeScope());
        average = weights.Flat.clone().DetachFromDisposeScope();
        parts = [.. sources.Select((source, index) => new Part(source, plan, weights, LossWeights.Measure(source.Sampler, source.MetricPower, plan.Seed + index)))];
    }

    /// <summary>Steps taken.</summary>
    public int StepsTaken { get; private set; }

    /// <summary>The weights.</summary>
    public TorchWeights Weights => weights;

    /// <summary>Learns until the plan is done or the token ends it.</summary>
    /// <param name="progress">Called every 50 steps with steps taken, mean loss and milliseconds of CPU a step.</param>
    /// <param name="save">Called every 500 steps and at the end, to save a checkpoint.</param>
    /// <param name="stop">Ends the run after the step it is in; a checkpoint is saved.</param>
    public void Run(Action<int, double, double> progress, Action save, CancellationToken stop)
    {
        const int report = 50, checkpoint = 500;
        double losses = 0, cpu = Cpu();
        var counted = 0;
        while (StepsTaken < plan.Steps && !stop.IsCancellationRequested)
        {
            losses += TakeStep();
            counted++;
            if (StepsTaken % report == 0)
            {
                var now = Cpu();
                progress(StepsTaken, losses / counted, (now - cpu) / counted);
                (losses, counted, cpu) = (0, 0, now);
            }

            if (StepsTaken % checkpoint == 0) save();
        }

        save();
    }

    /// <summary>The moving average, which becomes the model.</summary>
    public float[] AverageWeights() => average.data<float>().ToArray();

    /// <summary>What a checkpoint holds: weights, average, and the optimiser's two means.</summary>
    public float[][] State() => [weights.Flat.data<float>().ToArray(), AverageWeights(), optimiser.First.data<float>().ToArray(), optimiser.Second.data<float>().ToArray()];

    /// <summary>Takes up a checkpoint.</summary>
    /// <param name="steps">Steps taken.</param>
    /// <param name="state">As <see cref="State"/> gave it.</param>
    public void Resume(int steps, float[][] state)
    {
        using var scope = NewDisposeScope();
        using var gradient = no_grad();
        weights.Flat.copy_(tensor(state[0]));
        average.copy_(tensor(state[1]));
        optimiser.First.copy_(tensor(state[2]));
        optimiser.Second.copy_(tensor(state[3]));
        optimiser.Steps = StepsTaken = steps;
        weights.Refresh();
    }

    /// <summary>Makes the moving average the weights, once the run is over.</summary>
    public void UseAverage()
    {
        using var gradient = no_grad();
        weights.Flat.copy_(average);
        weights.Refresh();
    }

    /// <summary>Takes one step of the plan; gives the loss of its batch.</summary>
    public double TakeStep()
    {
        // Every step has its own seed: a resumed run draws what an uninterrupted one would have drawn.
        var random = new Random(HashCode(plan.Seed, StepsTaken));
        manual_seed(random.Next());
        using var scope = NewDisposeScope();
        weights.ForgetGradient();
        double loss = 0;
        foreach (var part in parts) loss += part.Learn(random);
        optimiser.Step(weights.Gradient(), plan.RateAt(StepsTaken), plan.WeightDecay, plan.Clip);
        weights.Refresh();
        var keep = Math.Min(plan.AverageKeep, (1.0 + StepsTaken) / (10 + StepsTaken));
        using (no_grad())
        {
            using var keeping = keep.ToScalar();
            using var taking = (1 - keep).ToScalar();
            average.mul_(keeping).add_(weights.Flat, taking);
        }

        StepsTaken++;
        return loss;
    }

    private static int HashCode(int seed, int step) => unchecked((int)((((uint)seed * 2654435761u) ^ ((uint)step * 2246822519u)) & 0x7fffffff));

    private static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalMilliseconds;
    }

    /// <summary>One source's batch, network and loss.</summary>
    private sealed class Part(TrainingSource source, TrainingPlan plan, TorchWeights weights, LossWeights lossWeights)
    {
        private static readonly Scalar MinusOne = (-1).ToScalar();
        private static readonly Tensor Levels = tensor(QuantileLevels.All.ToArray()).DetachFromDisposeScope();
        private static readonly Tensor LevelsLessOne = tensor(QuantileLevels.All.Select(level => level - 1).ToArray()).DetachFromDisposeScope();
        private readonly TrainingBatch batch = new(source.Size, source.Sampler.Set.Metrics);
        private readonly float[] targetWeights = new float[source.Sampler.Set.Metrics.Length * source.Size * InputShape.Horizon];
        private readonly TorchNetwork network = new(weights, plan.Shape, source.Sampler.Set.Metrics, plan.Dropout);

        /// <summary>Draws, runs forward and backward; the gradient adds to what is there. Returns its share of the loss.</summary>
        public double Learn(Random random)
        {
            source.Sampler.Draw(batch, random, augment: true);
            lossWeights.Write(batch, targetWeights);
            using var scope = NewDisposeScope();
            long metrics = source.Sampler.Set.Metrics.Length, size = source.Size;
            using var share = (2.0 / QuantileLevels.Count * size / plan.BatchSize).ToScalar();
            var error = tensor(batch.Targets, [metrics, size, InputShape.Horizon, 1]).add(network.Forward(batch.Inputs).Quantiles, MinusOne);
            var pinball = maximum(error.mul(Levels), error.mul(LevelsLessOne)).sum(3);
            var loss = pinball.mul(tensor(targetWeights, [metrics, size, InputShape.Horizon])).sum().mul(share);
            loss.backward();
            return loss.item<float>();
        }
    }
}
