using System.CommandLine;
using TftPortal.Training.Commands;
using TftPortal.Training.Torch;

namespace TftPortal.Training;

/// <summary>The console of the training: train, evaluate, forecast, calibrate, export.</summary>
internal static class TrainingProgram
{
    public static int Main(string[] args)
    {
        LibTorch.Prepare();
        var root = new RootCommand("Trains, scores and writes the forecasting model.") { TrainCommand.Train(), EvaluateCommand.Create(), ForecastCommand.Create(), CalibrateCommand.Create(), TrainCommand.Export() };
        return root.Parse(args).Invoke();
    }
}
