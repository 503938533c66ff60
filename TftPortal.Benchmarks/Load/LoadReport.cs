using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace TftPortal.Benchmarks.Load;

/// <summary>A load run as Markdown.</summary>
internal static class LoadReport
{
    /// <summary>Writes it.</summary>
    public static string Of(LoadPlan plan, LoadResult result)
    {
        var text = new StringBuilder();
        void Say(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

        Say($"`dotnet run -c Release --project TftPortal.Benchmarks -- {plan.Arguments}`, {result.Started.UtcDateTime:yyyy-MM-dd HH:mm} UTC; {Machine()}.");
        Say($"");
        Say($"| milliseconds | answers | p50 | p99 | p99.9 | max |");
        Say($"|---|--:|--:|--:|--:|--:|");
        foreach (var group in result.Answers.Where(answer => answer.IsGood).GroupBy(answer => answer.Endpoint).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Row(group.Key, group);
            var isForecasting = group.ToLookup(answer => result.Cycles.Any(cycle => cycle.Overlaps(answer)));
            Row("— while a forecast cycle runs", isForecasting[true]);
            Row("— while none runs", isForecasting[false]);
        }

        var (seconds, cpu) = (plan.Measured.TotalSeconds, result.After.CpuSeconds - result.Before.CpuSeconds);
        var posts = result.Answers.Count(answer => answer.IsGood && answer.Endpoint.StartsWith("POST", StringComparison.Ordinal));
        var records = posts * (double)plan.Servers / ((plan.Servers + plan.Records - 1) / plan.Records); // the last batch of a round may be smaller
        var cycles = result.Cycles.Select(cycle => cycle.Took.TotalSeconds).Order().ToArray();
        Say($"");
        Say($"| | |");
        Say($"|---|--:|");
        Say($"| Answers that were not 200 or 304 | {Failures(result)} |");
        Say($"| Records taken a second | {records / seconds:F0} |");
        Say($"| Forecast cycles | {cycles.Length}, together {cycles.Sum() / seconds:P0} of the time |");
        if (cycles.Length > 0) Say($"| A cycle takes, seconds | p50 {Percentile(cycles, .5):F2}, max {cycles[^1]:F2} |");
        if (!double.IsNaN(cpu))
        {
            Say($"| CPU seconds of the portal | {cpu:F1} in {seconds:F0} s |");
            Say($"| Records a CPU second, forecasts included | {records / cpu:F0} |");
            var pauses = result.Pauses.Select(pause => pause.Took.TotalMilliseconds).DefaultIfEmpty().ToArray();
            Say($"| Pauses of the garbage collector | {result.Pauses.Length}, together {pauses.Sum():F0} ms, the longest {pauses.Max():F1} ms |");
            Say($"| Memory of the portal, MB | {result.After.ResidentMegabytes:F0}, at most {result.After.PeakMegabytes:F0} |");
        }

        Say($"| CPU seconds of all programs, this one included | {result.After.MachineSeconds - result.Before.MachineSeconds:F1}, and {result.After.NicedSeconds - result.Before.NicedSeconds:F1} of niced ones |");
        return text.ToString();

        void Row(string name, IEnumerable<Answer> of)
        {
            var sorted = of.Select(answer => answer.Took.TotalMilliseconds).Order().ToArray();
            if (sorted.Length == 0) Say($"| {name} | 0 | | | | |");
            else Say($"| {name} | {sorted.Length} | {Percentile(sorted, .5):F1} | {Percentile(sorted, .99):F1} | {Percentile(sorted, .999):F1} | {sorted[^1]:F1} |");
        }
    }

    private static string Failures(LoadResult result)
    {
        var failures = result.Answers.Where(answer => !answer.IsGood).ToLookup(answer => answer.Status);
        return failures.Count == 0 ? "0" : string.Join(", ", failures.Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} × {group.Key}")));
    }

    /// <summary>The machine, in words.</summary>
    public static string Machine()
    {
        const string cpus = "/proc/cpuinfo";
        var model = File.Exists(cpus) ? File.ReadLines(cpus).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() : null;
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores {model ?? "of an unknown kind"}, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB, {RuntimeInformation.FrameworkDescription}");
    }

    /// <summary>The nearest rank: a value that was measured.</summary>
    private static double Percentile(double[] sorted, double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}
