namespace TftPortal.Engine.Simulation;

/// <summary>Disk space: grows with work or overnight in stairs, falls when logs rotate, and is cleaned up by somebody when it gets tight.</summary>
internal sealed class DiskSpace
{
    private const double StepsPerDay = 288;
    private readonly Dice dice;
    private readonly double pointsPerDay, logsPerDay, tightAt;
    private readonly bool inStairs;
    private readonly int rotationSlot;
    private readonly DayOfWeek? rotationDay;
    private double kept, logs;

    public DiskSpace(ServerTraits traits, Dice dice)
    {
        this.dice = dice;
        kept = dice.Between(12, 72);
        tightAt = traits.IsTroubled ? dice.Between(84, 96) : dice.Between(74, 83);
        // Half of all disks hardly change in a month.
        var lively = !traits.IsQuiet && dice.Chance(.55);
        pointsPerDay = (lively ? .5 : .02) * dice.Factor(.9);
        logsPerDay = dice.Chance(.5) ? (lively ? .8 : .05) * dice.Factor(.7) : 0;
        inStairs = dice.Chance(.35);
        rotationSlot = dice.Pick([0, 0, 3, 48, 75]);
        rotationDay = dice.Chance(.35) ? (DayOfWeek)dice.Whole(0, 6) : null;
        logs = logsPerDay * dice.Between(0, rotationDay is null ? 1 : 7);
    }

    /// <summary>Percent, 0–100.</summary>
    public double Used { get; private set; }

    public void Advance(DateTime clock, double activity, double temporary)
    {
        var slot = ((clock.Hour * 60) + clock.Minute) / 5;
        if (!inStairs) kept += pointsPerDay / StepsPerDay * (.4 + activity) * dice.Exponential();
        else if (slot == rotationSlot) kept += pointsPerDay * dice.Factor(.5);
        logs += logsPerDay / StepsPerDay * (.4 + activity) * dice.Between(.5, 1.5);
        if (slot == rotationSlot && (rotationDay is null || rotationDay == clock.DayOfWeek)) logs *= dice.Between(.05, .3); // the rest is kept, compressed
        // Somebody looks at office hours.
        if (kept + logs > tightAt && clock.Hour is >= 8 and < 18 && dice.Chance(1 / 24.0)) kept -= dice.Between(8, 35);
        kept = Math.Clamp(kept, 4, 98);
        Used = Math.Clamp(kept + logs + temporary, 1, 99.5);
    }
}
