using TftPortal.Engine.Fleet;
using TftPortal.Engine.Simulation;

namespace TftPortal.Demo;

/// <summary>One simulated server between its steps: what it reads at a moment.</summary>
internal sealed class DemoServer(ServerSimulator simulator, int seed)
{
    /// <summary>How long a rate takes from one step's value to the next: as exact as its steps, and yet no jump.</summary>
    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(60);

    // Not cryptography: the same seed must give the same readings.
    private readonly Random jitter = new(seed);
    private readonly float[] from = NothingYet();
    private readonly float[] to = NothingYet();
    private DateTimeOffset since, until;

    public string Name => simulator.Name;

    public ServerProfile Profile => simulator.Profile;

    public ServerStatus Status => simulator.Status;

    /// <summary>Whether it sends anything in the current step.</summary>
    public bool Speaks { get; private set; }

    /// <summary>The current step's values; all NaN where it sends nothing.</summary>
    public ReadOnlySpan<float> Step => to;

    public SimulationScenario Scenario
    {
        set => simulator.Scenario = value;
    }

    /// <summary>Goes on to the next step, coming from the last.</summary>
    public void Advance(DateTimeOffset stepStart, DateTimeOffset stepEnd)
    {
        to.CopyTo(from, 0);
        (since, until) = (stepStart, stepEnd);
        Speaks = simulator.Advance(stepStart, to);
    }

    /// <summary>Follows another scenario from this moment on, starting at what it reads now.</summary>
    public void Switch(SimulationScenario scenario, DateTimeOffset now)
    {
        simulator.Scenario = scenario;
        if (!Speaks) return;
        Span<float> shown = stackalloc float[MetricCatalog.Count];
        Between(now, shown);
        shown.CopyTo(from);
        since = now;
        simulator.Reconsider(to);
    }

    /// <summary>What it reads at a moment of the current step.</summary>
    public void Read(DateTimeOffset now, Span<float> values)
    {
        Between(now, values);
        Span<float> steady = stackalloc float[MetricCatalog.Count];
        values.CopyTo(steady);
        Shake(values, Metric.CpuUserPercent, .04f);
        Shake(values, Metric.CpuSysPercent, .04f);
        Shake(values, Metric.CpuIowaitPercent, .06f);
        Shake(values, Metric.JavaCpuPercent, .03f);
        Shake(values, Metric.MemUsedPercent, .0006f);
        Shake(values, Metric.NetInMegabytesPerSecond, .05f);
        Shake(values, Metric.NetOutMegabytesPerSecond, .05f);
        Shake(values, Metric.LoadAverage, .02f);
        KeepCpuWhole(steady, values);
    }

    private void Between(DateTimeOffset now, Span<float> values)
    {
        var passed = (now - since).TotalSeconds;
        var ramp = Math.Clamp(passed / Ramp.TotalSeconds, 0, 1);
        var drift = Math.Clamp(passed / Math.Max(1, (until - since).TotalSeconds), 0, 1);
        foreach (var definition in MetricCatalog.All)
        {
            var index = (int)definition.Metric;
            var share = definition.Metric is Metric.MemUsedPercent or Metric.SwapUsedPercent or Metric.DiskUsagePercent ? drift : ramp;
            var start = float.IsNaN(from[index]) ? to[index] : from[index];
            var value = start + ((to[index] - start) * share);
            values[index] = (float)(definition.IsInteger ? Math.Round(value) : value);
        }

        values[(int)Metric.UptimeDays] = UptimeAt(now);
    }

    // A step's uptime is that of its end; before a boot within the step, the last one still counts.
    private float UptimeAt(DateTimeOffset now)
    {
        const int uptime = (int)Metric.UptimeDays;
        var days = to[uptime] - (until - now).TotalDays;
        return (float)Math.Max(0, days);
    }

    private void Shake(Span<float> values, Metric metric, float share) =>
        values[(int)metric] = MetricCatalog.Of(metric).Clamp(values[(int)metric] * (1 + (share * ((2 * jitter.NextSingle()) - 1))));

    // What the others take or give, idle gives or takes; where it has not got that much, they stay as they were.
    private static void KeepCpuWhole(ReadOnlySpan<float> steady, Span<float> values)
    {
        const int idle = (int)Metric.CpuIdlePercent;
        var more = 0f;
        for (var metric = 0; metric < idle; metric++)
        {
            if (!float.IsNaN(values[metric])) more += values[metric] - steady[metric];
        }

        if (values[idle] - more is >= 0 and <= 100)
        {
            values[idle] -= more;
            return;
        }

        steady[..idle].CopyTo(values);
    }

    private static float[] NothingYet()
    {
        var values = new float[MetricCatalog.Count];
        Array.Fill(values, float.NaN);
        return values;
    }
}
