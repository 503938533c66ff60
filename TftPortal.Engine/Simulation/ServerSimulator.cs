using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Simulation;

/// <summary>
/// One simulated server, step by step. The same seed and profile give the same series, whatever the name.
/// Its day follows the clock of the moments it is given: give local time for a server whose users live there.
/// </summary>
public sealed class ServerSimulator
{
    private const double DaysPerStep = 5 / 1440.0;

    private readonly ServerTraits traits;
    private readonly Dice dice;
    private readonly DailyRhythm rhythm;
    private readonly ScheduledWork schedule;
    private readonly Turbulence turbulence;
    private readonly MemoryAndSwap memory;
    private readonly DiskSpace disk;
    private readonly CloseWait back, front;
    private readonly Silences silences;
    private readonly BuildingIncident incident;
    private readonly double javaShare, iowaitRest;
    private double uptimeDays, lastActivity, javaWander;
    private int stepsSinceBoot = int.MaxValue;
    private Vitals vitals;

    /// <summary>Draws a server.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="profile">What it is for: its rhythm, its jobs, its sizes.</param>
    /// <param name="seed">Decides everything else.</param>
    /// <param name="scenario">What befalls it; healthy by default.</param>
    /// <param name="temper">How eventful its life is; by default the seed decides, one in five is quiet.</param>
    public ServerSimulator(string name, ServerProfile profile, int seed, SimulationScenario scenario = SimulationScenario.Healthy, ServerTemper? temper = null)
    {
        Name = name;
        Profile = profile;
        Dice Stream(int part) => new(seed, ((int)profile * 100) + part);
        dice = Stream(0);
        Temper = temper ?? (dice.Chance(.2) ? ServerTemper.Quiet : ServerTemper.Ordinary);
        traits = ServerTraits.Draw(profile, Temper, Stream(1));
        rhythm = new(traits, Stream(2));
        schedule = new(traits, Stream(3));
        turbulence = new(traits, Stream(4));
        memory = new(traits, Stream(5));
        disk = new(traits, Stream(6));
        back = new(traits.CloseWait * .6, traits.IsTroubled ? .25 : .06, Stream(7));
        front = new(traits.CloseWait, traits.IsTroubled ? .25 : .05, Stream(8));
        silences = new(traits, Stream(9));
        incident = new(traits, Stream(10)) { Scenario = scenario };
        javaShare = traits.Character.JavaShare * dice.Between(.6, 1.15);
        iowaitRest = traits.Character.Iowait * dice.Factor(.6) * (traits.IsQuiet ? .15 : 1);
        uptimeDays = 120 * dice.Exponential();
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it is for.</summary>
    public ServerProfile Profile { get; }

    /// <summary>How eventful its life is.</summary>
    public ServerTemper Temper { get; }

    /// <summary>Whether it runs Java; without, it never sends <see cref="Metric.JavaCpuPercent"/>.</summary>
    public bool HasJava => traits.HasJava;

    /// <summary>Whether it has swap; without, it never sends <see cref="Metric.SwapUsedPercent"/>.</summary>
    public bool HasSwap => traits.HasSwap;

    /// <summary>What it reports of itself since the last step.</summary>
    public ServerStatus Status { get; private set; }

    /// <summary>What befalls it; a new scenario takes effect with the next step, or at once by <see cref="Reconsider"/>.</summary>
    public SimulationScenario Scenario
    {
        get => incident.Scenario;
        set => incident.Scenario = value;
    }

    /// <summary>Lives through one step of 5 minutes; the steps must be consecutive.</summary>
    /// <param name="stepStart">When the step begins.</param>
    /// <param name="values">Receives the 14 values of the step, indexed by <see cref="Metric"/>; NaN where the server does not send one, all NaN where it sends nothing.</param>
    /// <returns>Whether the server sends anything in this step.</returns>
    public bool Advance(DateTimeOffset stepStart, Span<float> values)
    {
        if (values.Length != MetricCatalog.Count) throw new ArgumentException($"A step has {MetricCatalog.Count} values; there is room for {values.Length}.", nameof(values));
        var clock = stepStart.DateTime;
        if (memory.NeedsReboot || incident.NeedsReboot || IsPatchTime(clock)) Reboot();
        var activity = rhythm.At(clock);
        turbulence.Advance(activity);
        var work = schedule.At(clock);
        memory.Advance(activity, turbulence.IsRunning, work.Mem);
        back.Advance(activity);
        front.Advance(activity);
        incident.Advance();
        uptimeDays += DaysPerStep;
        if (stepsSinceBoot < int.MaxValue) stepsSinceBoot++;
        Live(clock, activity, work);
        var speaks = silences.Speaks();
        if (silences.HasBooted) Boot();
        if (!speaks)
        {
            values.Fill(float.NaN);
            Status = ServerStatus.Offline;
            lastActivity = activity;
            return false;
        }

        Report(values);
        Status = StatusOf(clock, activity, values);
        silences.Blank(values);
        lastActivity = activity;
        return true;
    }

    /// <summary>Rewrites the step that was lived through last as it is under the scenario of now, so that a switch shows at once.</summary>
    /// <param name="values">What <see cref="Advance"/> filled; what it left missing stays missing.</param>
    public void Reconsider(Span<float> values)
    {
        incident.Reconsider();
        Span<float> anew = stackalloc float[MetricCatalog.Count];
        Report(anew);
        for (var metric = 0; metric < anew.Length; metric++)
        {
            if (!float.IsNaN(values[metric])) values[metric] = anew[metric];
        }
    }

    private void Live(DateTime clock, double activity, Work work)
    {
        disk.Advance(clock, activity, work.TemporaryDisk);
        var booting = stepsSinceBoot < 3 ? 12.0 / stepsSinceBoot : 0;
        var demand = (traits.BaseCpu + (traits.DayCpu * activity)) * turbulence.Demand;
        var user = demand + work.Cpu + turbulence.Cpu + booting;
        user = Math.Max(.05, user + turbulence.NoiseAt(user));
        javaWander = (.95 * javaWander) + (.02 * dice.Normal());
        double received = turbulence.Traffic * (traits.Chatter + activity), sent = (.7 * received) + (.3 * (traits.Chatter + activity) * dice.Factor(.4));
        vitals = new()
        {
            User = user,
            Sys = (.15 + (user * traits.SysShare) + (.12 * work.Iowait)) * dice.Factor(.06),
            Iowait = (iowaitRest * (.5 + activity) * dice.Factor(.5)) + (work.Iowait * dice.Factor(.15)) + (Math.Max(0, memory.Swap - 15) * .15) + (booting * .3),
            Steal = traits.StealPercent * dice.Between(.5, 1.5),
            JavaShare = Math.Clamp(javaShare + javaWander, .1, 1),
            CollectorCpu = memory.CollectorCpu,
            Mem = memory.Used,
            Swap = memory.Swap,
            Disk = disk.Used,
            NetIn = Carried((traits.NetIn * received * dice.Factor(.1)) + (work.NetIn * dice.Factor(.1))),
            NetOut = Carried((traits.NetOut * sent * dice.Factor(.1)) + (work.NetOut * dice.Factor(.1))),
            BackCloseWait = back.Count,
            FrontCloseWait = front.Count,
            LoadNoise = dice.Factor(.07),
            UptimeDays = uptimeDays,
        };
    }

    // Nothing is quite silent, and no card carries more than it can.
    private double Carried(double megabytesPerSecond) => Math.Min(megabytesPerSecond + (.0004 * dice.Exponential()), traits.LineRate * dice.Between(.97, 1));

    private void Report(Span<float> values)
    {
        var settled = vitals;
        incident.Apply(ref settled);
        settled.Settle(traits.Cores, values);
    }

    // Patches: one night in sixty or so, at four.
    private bool IsPatchTime(DateTime clock) => clock is { Hour: 4, Minute: 0 } && dice.Chance(traits.IsQuiet ? 1 / 120.0 : 1 / 60.0);

    private void Reboot()
    {
        Boot();
        silences.Hush(dice.Whole(1, 3));
    }

    private void Boot()
    {
        uptimeDays = 0;
        stepsSinceBoot = 0;
        memory.Boot();
        turbulence.Restart();
        back.Restart();
        front.Restart();
        incident.Boot();
    }

    private ServerStatus StatusOf(DateTime clock, double activity, Span<float> values)
    {
        var used = 100 - values[(int)Metric.CpuIdlePercent];
        if (used > 95 || values[(int)Metric.MemUsedPercent] > 97) return ServerStatus.CriticalIssue;
        if (stepsSinceBoot < 4) return ServerStatus.Recovery;
        if (used > 70) return ServerStatus.HeavyLoad;
        if (clock.Hour is >= 6 and < 11 && activity > .3 && activity > lastActivity * 1.02) return ServerStatus.MorningSpike;
        return used < 5 ? ServerStatus.Idle : ServerStatus.Healthy;
    }
}
