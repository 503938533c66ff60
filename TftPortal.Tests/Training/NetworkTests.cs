using TftPortal.Engine.Fleet;
using TftPortal.Training.Learning;
using TftPortal.Training.Network;
using TftPortal.Training.Onnx;
using TftPortal.Training.Series;
using TftPortal.Training.Torch;
using static TorchSharp.torch;

namespace TftPortal.Tests.Training;

public sealed class NetworkTests
{
    private static readonly NetworkShape Tiny = new(Hidden: 8, VariableHidden: 4, HeadHidden: 6, Heads: 2);

    static NetworkTests() => LibTorch.Prepare();

    [Fact]
    public void What_is_exported_gives_what_was_trained()
    {
        var weights = TorchNetwork.Initialise(Tiny, seed: 3);
        var model = OnnxExport.Write(weights.Export(weights.Flat.data<float>().ToArray()), Tiny);
        Assert.InRange(Parity.LargestDifference(model, weights, Tiny, Simulated()), 0, Parity.Allowed);
    }

    [Fact]
    public void Other_weights_are_told_from_the_exported_ones()
    {
        var weights = TorchNetwork.Initialise(Tiny, seed: 3);
        var others = TorchNetwork.Initialise(Tiny, seed: 4);
        var model = OnnxExport.Write(others.Export(others.Flat.data<float>().ToArray()), Tiny);
        Assert.True(Parity.LargestDifference(model, weights, Tiny, Simulated()) > Parity.Allowed);
    }

    [Fact]
    public void Quantiles_are_ordered_whatever_the_weights()
    {
        var weights = TorchNetwork.Initialise(Tiny, seed: 5);
        using var scope = NewDisposeScope();
        using var gradient = no_grad();
        weights.Flat.copy_(randn(weights.Flat.shape));
        weights.Refresh();
        var batch = new TrainingBatch(4, Enum.GetValues<Metric>());
        Simulated().Draw(batch, new Random(1), augment: true);
        var quantiles = new TorchNetwork(weights, Tiny, Enum.GetValues<Metric>(), 0).Forward(batch.Inputs).Quantiles.contiguous().data<float>().ToArray();
        for (var i = 1; i < quantiles.Length; i++)
            if (i % QuantileLevels.Count != 0) Assert.True(quantiles[i] >= quantiles[i - 1] - (1e-4f * (1 + Math.Abs(quantiles[i]))), $"{quantiles[i - 1]} before {quantiles[i]}");
    }

    [Fact]
    public void A_run_that_was_stopped_goes_on_as_if_it_never_was()
    {
        var plan = new TrainingPlan { Steps = 4, BatchSize = 4, Shape = Tiny, Seed = 2 };
        var whole = new Trainer(plan, Sources());
        whole.Run((_, _, _) => { }, () => { }, CancellationToken.None);

        var stopped = new Trainer(plan, Sources());
        stopped.TakeStep();
        stopped.TakeStep();
        var resumed = new Trainer(plan, Sources());
        resumed.Resume(stopped.StepsTaken, stopped.State());
        resumed.Run((_, _, _) => { }, () => { }, CancellationToken.None);
        Assert.Equal(whole.AverageWeights(), resumed.AverageWeights());

        static TrainingSource[] Sources() => [new(Simulated(), 4, .5)];
    }

    private static WindowSampler Simulated()
    {
        var set = SimulatedSeries.Make(servers: 7, days: 4, seed: 1);
        return new(set, [.. set.Servers.Select(server => server.Length)]);
    }
}
