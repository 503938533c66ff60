using TftPortal.Training.Learning;

namespace TftPortal.Training.Series;

/// <summary>What a run learns from: the real data of a folder where there is one, and simulated servers.</summary>
internal static class TrainingData
{
    private const int MachineDaysHeldOut = 3;

    /// <summary>Loads a folder with <c>bitbrains/*.csv.gz</c> and <c>smd/*.csv.gz</c>, each where it is there; null or neither: the simulator alone.</summary>
    public static (IReadOnlyList<TrainingSource> Sources, WindowSampler Simulated) Load(string? folder, TrainingPlan plan)
    {
        var simulated = SimulatedSeries.Make(plan.SimulatedServers, plan.SimulatedDays, plan.Seed);
        var sampler = new WindowSampler(simulated, [.. simulated.Servers.Select(server => server.Length)]);
        var virtualMachines = Files(folder, "bitbrains").Select(file => (SeriesFile.Read(file), file.Contains("-08", StringComparison.Ordinal) ? ScoredWeek.FirstStep : int.MaxValue)).ToArray();
        var machines = Files(folder, "smd").Select(file => (SmdFile.Read(file, MachineDaysHeldOut), int.MaxValue)).ToArray();
        if (virtualMachines.Length == 0) return ([new(sampler, plan.BatchSize, .5)], sampler);

        int fromSimulator = (int)(plan.BatchSize * plan.SimulatedShare), fromMachines = machines.Length > 0 ? (int)(plan.BatchSize * plan.MachineShare) : 0;
        List<TrainingSource> sources = [new(Sampler("bitbrains", virtualMachines), plan.BatchSize - fromSimulator - fromMachines, 1), new(sampler, fromSimulator, .5)];
        if (fromMachines > 0) sources.Add(new(Sampler("smd", machines), fromMachines, .5));
        return (sources, sampler);
    }

    private static string[] Files(string? folder, string set) => folder is not null && Directory.Exists(Path.Combine(folder, set))
        ? [.. Directory.GetFiles(Path.Combine(folder, set), "*.csv.gz").Order(StringComparer.Ordinal)]
        : [];

    private static WindowSampler Sampler(string name, (SeriesSet Set, int Cut)[] files)
    {
        var servers = files.SelectMany(file => file.Set.Servers.Select(server => (server, end: Math.Min(server.Length, file.Cut)))).ToArray();
        return new(new(name, files[0].Set.Metrics, [.. servers.Select(one => one.server)]), [.. servers.Select(one => one.end)]);
    }
}
