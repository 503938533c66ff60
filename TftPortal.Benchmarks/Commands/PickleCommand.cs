using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using TftPortal.Engine.Intake;
using TftPortal.Engine.Loop;
using TftPortal.Engine.State.Legacy;

namespace TftPortal.Benchmarks.Commands;

/// <summary><c>pickle</c>: what it costs to read one, or to refuse it.</summary>
internal static class PickleCommand
{
    private static readonly Argument<string> File = new("file") { Description = "The pickle." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("pickle", "Reads a pickle of the old daemon, and prints what came of it, the time and the peak of this process's memory.") { File };
        command.SetAction(parsed => Run(parsed.GetValue(File)!));
        return command;
    }

    private static int Run(string file)
    {
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        string outcome;
        try
        {
            var state = new LegacyReader(FeedRules.Of(new(new(new()), clock)), clock).ReadPickle(file);
            outcome = string.Create(CultureInfo.InvariantCulture, $"{state.Readings.Count:N0} readings");
        }
        catch (LegacyRefusedException refused)
        {
            outcome = refused.Message;
        }

        var took = clock.GetElapsedTime(began);
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Path.GetFileName(file)} | {new FileInfo(file).Length / 1e6:F0} MB | {took.TotalSeconds:F2} s, CPU {self.TotalProcessorTime.TotalSeconds:F2} s | peak {self.PeakWorkingSet64 / 1e6:F0} MB | {outcome} |"));
        return 0;
    }
}
