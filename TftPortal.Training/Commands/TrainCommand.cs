using System.CommandLine;
using System.Globalization;
using TftPortal.Engine.Contract;
using TftPortal.Training.Learning;
using TftPortal.Training.Onnx;
using TftPortal.Training.Series;
using static TorchSharp.torch;

namespace TftPortal.Training.Commands;

/// <summary><c>train</c> and <c>export</c>: learn, with progress and checkpoints, and write the model.</summary>
internal static class TrainCommand
{
    private static readonly Option<string?> Data = new("--data") { Description = "Folder with bitbrains/*.csv.gz; without it the simulator alone." };
    private static readonly Option<string> Output = new("--output") { Description = "Folder of the run: checkpoint and model.", DefaultValueFactory = _ => "runs/default" };
    private static readonly Option<int> Steps = new("--steps") { Description = "Steps of the optimiser.", DefaultValueFactory = _ => new TrainingPlan().Steps };
    private static readonly Option<int> Seed = new("--seed") { Description = "Decides everything that is random.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string> Name = new("--name") { Description = "The model's version.", DefaultValueFactory = _ => "tft-local" };

    /// <summary>The command <c>train</c>.</summary>
    public static Command Train()
    {
        var command = new Command("train", "Learns a model; goes on from the run's checkpoint where there is one.") { Data, Output, Steps, Seed, Name };
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), CancellationToken.None));
        return command;
    }

    /// <summary>The command <c>export</c>.</summary>
    public static Command Export()
    {
        var command = new Command("export", "Writes the model of a run's checkpoint.") { Data, Output, Steps, Seed, Name };
        command.SetAction(parsed => Write(parsed, Prepare(parsed, out var simulated), simulated));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken stop)
    {
        var trainer = Prepare(parsed, out var simulated);
        var checkpoint = CheckpointOf(parsed);
        var steps = parsed.GetValue(Steps);
        trainer.Run(
            (taken, loss, cpu) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {taken} of {steps}, loss {loss:F4}, {cpu:F0} ms of CPU a step, about {(steps - taken) * cpu / 60_000:F1} CPU-minutes to go")),
            () => Checkpoint.Save(checkpoint, trainer),
            stop);
        if (trainer.StepsTaken < steps)
        {
            Console.WriteLine($"Stopped after step {trainer.StepsTaken}; the same command goes on from there.");
            return 1;
        }

        return Write(parsed, trainer, simulated);
    }

    private static Trainer Prepare(ParseResult parsed, out WindowSampler simulated)
    {
        set_num_threads(1);
        var plan = new TrainingPlan { Steps = parsed.GetValue(Steps), Seed = parsed.GetValue(Seed) };
        Directory.CreateDirectory(parsed.GetValue(Output)!);
        Console.WriteLine("Reading and simulating …");
        var (sources, sampler) = TrainingData.Load(parsed.GetValue(Data), plan);
        simulated = sampler;
        var trainer = new Trainer(plan, sources);
        if (File.Exists(CheckpointOf(parsed)))
        {
            var (taken, state) = Checkpoint.Load(CheckpointOf(parsed), trainer.AverageWeights().Length);
            trainer.Resume(taken, state);
            Console.WriteLine($"Going on after step {taken}.");
        }

        return trainer;
    }

    private static int Write(ParseResult parsed, Trainer trainer, WindowSampler simulated)
    {
        var folder = parsed.GetValue(Output)!;
        var average = trainer.AverageWeights();
        trainer.UseAverage();
        var model = OnnxExport.Write(trainer.Weights.Export(average), new TrainingPlan().Shape);
        var difference = Parity.LargestDifference(model, trainer.Weights, new TrainingPlan().Shape, simulated);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ONNX Runtime differs from libtorch by {difference:E1} at most; {Parity.Allowed:E0} is allowed."));
        if (!(difference <= Parity.Allowed)) return 1;
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), model);
        new ModelContract { Version = parsed.GetValue(Name)! }.Save(Path.Combine(folder, "model.json"));
        Console.WriteLine($"Wrote {folder}/model.onnx, {model.Length / 1024} KiB, {average.Length} weights.");
        return 0;
    }

    private static string CheckpointOf(ParseResult parsed) => Path.Combine(parsed.GetValue(Output)!, "checkpoint.bin");
}
