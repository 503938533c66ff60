using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Simulation;

/// <summary>
/// The incident of a scenario: a memory leak that drives swap, then I/O wait, then everything.
/// Its progress is 1 where memory passes its warning threshold, 1.5 where it passes the critical one, and ends at 1.8 with all three past critical.
/// Troubled servers have such incidents of their own as well, of any speed and severity, so that a model can learn how they go on.
/// </summary>
internal sealed class BuildingIncident(ServerTraits traits, Dice dice)
{
    /// <summary>An hour and a half to the warning, which a model can see coming; an hour more to the rest.</summary>
    private const double LeakPerStep = 1 / 18.0;
    private const double CrashPerStep = .9, RecoveryPerStep = .1, End = 1.8;
    private const double OwnIncidentsPerStep = 1 / (288 * 5.0);
    private const int StepsAtTheEnd = 24;
    private double before;
    private int atTheEnd;
    private double ownGoal, ownPace, ownStride;
    private int ownHold;

    public SimulationScenario Scenario { get; set; }

    public double Progress { get; private set; }

    /// <summary>Whether the machine has been at its limit for so long that it reboots in this step; only while degrading, and at the end of half of its own incidents.</summary>
    public bool NeedsReboot { get; private set; }

    public void Advance()
    {
        before = Progress;
        if (traits.IsTroubled) Strike();
        Progress = Next(before);
        atTheEnd = Progress >= End ? atTheEnd + 1 : 0;
        if (Scenario == SimulationScenario.Degrading && atTheEnd >= StepsAtTheEnd) NeedsReboot = true;
    }

    /// <summary>The step that was advanced last is to follow the scenario of now.</summary>
    public void Reconsider() => Progress = Next(before);

    public void Boot()
    {
        Progress = before = ownGoal = 0;
        atTheEnd = 0;
        NeedsReboot = false;
    }

    public void Apply(ref Vitals vitals)
    {
        if (Progress <= 0) return;
        var (warning, critical) = traits.Profile == ServerProfile.Database ? (95.0, 99.0) : (90.0, 98.0);
        double memory = Math.Min(Progress, 1), pressure = Math.Clamp((Progress - .6) / 1.2, 0, 1), thrash = Math.Clamp((Progress - .9) / .9, 0, 1);
        vitals.Mem += memory * (warning - Math.Min(vitals.Mem, warning));
        if (Progress > 1) vitals.Mem = Math.Max(vitals.Mem, Math.Min(99.4, warning + ((Progress - 1) / .5 * (critical - warning))));
        vitals.Mem = Math.Min(99.9, vitals.Mem + (.12 * memory * dice.Normal()));
        vitals.Swap += pressure * (78 - vitals.Swap + (.6 * dice.Normal()));
        vitals.Iowait += thrash * ((traits.HasSwap ? 46 : 38) + (2.5 * dice.Normal()));
        vitals.Sys += (2 * pressure) + (14 * thrash);
        vitals.User *= 1 + (.25 * pressure);
        vitals.CollectorCpu += traits.HasJava ? 60 * pressure * traits.Cores : 0;
        vitals.NetOut *= 1 - (.5 * thrash);
        vitals.FrontCloseWait += Math.Round(40 * thrash);
        vitals.LoadNoise *= 1 + (thrash * Math.Max(1.5, 12.0 / traits.Cores));
    }

    private double Next(double progress) => Scenario switch
    {
        SimulationScenario.Degrading when progress > End => Math.Max(End, progress - RecoveryPerStep),
        SimulationScenario.Degrading => Math.Min(End, progress + LeakPerStep),
        SimulationScenario.Critical => Math.Min(End + .2, progress + CrashPerStep),
        _ when ownGoal > progress => Math.Min(ownGoal, progress + ownStride),
        _ when ownGoal > 0 => progress,
        _ => Math.Max(0, progress - RecoveryPerStep),
    };

    // One of its own: builds up to some point, stays there for a while, and ends in a reboot or recedes.
    private void Strike()
    {
        if (ownGoal == 0)
        {
            if (Progress > 0 || !dice.Chance(OwnIncidentsPerStep)) return;
            ownGoal = dice.Between(.6, End);
            ownPace = LeakPerStep * dice.Factor(.7);
            ownHold = dice.Whole(2, 36);
        }

        ownStride = ownPace * Math.Max(0, 1 + (.35 * dice.Normal()));
        if (Progress < ownGoal || --ownHold > 0) return;
        ownGoal = 0;
        NeedsReboot = dice.Chance(.5);
    }
}
