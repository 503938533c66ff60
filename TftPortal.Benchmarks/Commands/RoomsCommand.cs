using System.CommandLine;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using TftPortal.Benchmarks.Rooms;

namespace TftPortal.Benchmarks.Commands;

/// <summary><c>rooms</c>: BenchmarkDotNet's figures of the way of a reading, room by room.</summary>
internal static class RoomsCommand
{
    private static readonly Option<string[]> Only = new("--only") { Description = "Names of rooms, such as Parse; repeatable. Left out: all of them.", DefaultValueFactory = _ => [] };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("rooms", "Measures parse, journal, apply, snapshot, forecast, risk, publish and serialise with BenchmarkDotNet, at 500 servers.") { Only };
        command.SetAction(parsed => Run(parsed.GetValue(Only)!));
        return command;
    }

    private static int Run(string[] only)
    {
        var artifacts = Directory.CreateTempSubdirectory("tft-benchmarks-");
        // In this process: the default builds a project of its own for every run, by rules that are not this repository's.
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(new InProcessNoEmitToolchain(new())))
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddExporter(MarkdownExporter.GitHub)
            .AddLogger(NullLogger.Instance)
            .WithArtifactsPath(artifacts.FullName);
        if (only.Length > 0) config.AddFilter(new BenchmarkDotNet.Filters.SimpleFilter(room => only.Contains(room.Descriptor.WorkloadMethod.Name, StringComparer.OrdinalIgnoreCase)));
        var summary = BenchmarkRunner.Run<RoomsOfAFleet>(config);
        MarkdownExporter.GitHub.ExportToLog(summary, ConsoleLogger.Default);
        artifacts.Delete(recursive: true);
        return summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success) ? 1 : 0;
    }
}
