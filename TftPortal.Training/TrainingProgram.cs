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
        var root = new RootCommand("Trains, scores and writes the forecasting model.") { TrainCommand.Train(), EvaluateCommand.Create(), ForecastCommand.Create(), CalibrateCommand.Create(), IncidentsCommand.Create(), TrainCommand.Export() };
        try
        {
            return root.Parse(args).Invoke(new() { EnableDefaultExceptionHandler = false });
        }
        catch (Exception refused) when (refused is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // What whoever started it can mend: a file that is missing or wrong. Its message names file, line and value.
            Console.Error.WriteLine(refused.Message);
            return 1;
        }
    }
}
