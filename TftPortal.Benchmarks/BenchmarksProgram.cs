using System.CommandLine;
using TftPortal.Benchmarks.Commands;

namespace TftPortal.Benchmarks;

/// <summary>The console of the measurements: each prints a table for docs/performance.md.</summary>
internal static class BenchmarksProgram
{
    public static Task<int> Main(string[] args) => new RootCommand("Measures the portal, from outside and room by room.") { LoadCommand.Create(), CostsCommand.Create(), RoomsCommand.Create(), GraphCommand.Create(), StartCommand.Create(), PythonCommand.Create(), MemoryCommand.Create(), CrashCommand.Create(), StateCommand.Create(), PickleCommand.Create(), QuietCommand.Create(), BacktestCommand.Create(), HistoryCommand.Create(), ScoresCommand.Create() }.Parse(args).InvokeAsync();
}
