using TftPortal.Training.Learning;

namespace TftPortal.Training.Series;

/// <summary>What a run learns from: the real data of a folder where there is one, and simulated servers.</summary>
internal static class TrainingData
{
    // Targets of August end here: 25–31 August are for scoring (docs/training.md).
    private const int AugustCut = 24 * 288;

    /// <summary>Loads a folder with <c>bitbrains/*.csv.gz</c>; null or none of them: the simulator alone.</summary>
    public static (IReadOnlyList<TrainingSource> Sources, WindowSampler Simulated) Load(string? folder, TrainingPlan plan)
    {
        var simulated = SimulatedSeries.Make(plan.SimulatedServers, plan.SimulatedDays, plan.Seed);
        var sampler = new WindowSampler(simulated, [.. simulated.Servers.Select(server => server.Length)]);
        var files = folder is null ? [] : Directory.GetFiles(Path.Combine(folder, "bitbrains"), "*.csv.gz").Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0) return ([new(sampler, plan.BatchSize, .5)], sampler);
        List<ServerSeries> servers = [];
        List<int> ends = [];
        SeriesSet? last = null;
        foreach (var file in files)
        {
            last = SeriesFile.Read(file);
            foreach (var server in last.Servers)
            {
                servers.Add(server);
                ends.Add(file.Contains("-08", StringComparison.Ordinal) ? Math.Min(server.Length, AugustCut) : server.Length);
            }
        }

        var fromSimulator = (int)(plan.BatchSize * plan.SimulatedShare);
        var real = new WindowSampler(new("bitbrains", last!.Metrics, servers), ends);
        return ([new(real, plan.BatchSize - fromSimulator, 1), new(sampler, fromSimulator, .5)], sampler);
    }
}
