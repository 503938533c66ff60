using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Simulation;

/// <summary>When a server sends nothing, or not everything: outages, lost readings, metrics that its agent cannot read.</summary>
internal sealed class Silences
{
    private const double StepsPerDay = 288;
    private readonly Dice dice;
    private readonly double lostShare, outagesPerDay, blankShare;
    private readonly bool[] neverSent = new bool[MetricCatalog.Count];
    private int left;

    public Silences(ServerTraits traits, Dice dice)
    {
        this.dice = dice;
        lostShare = dice.Chance(.5) ? 0 : .004 * dice.Exponential();
        outagesPerDay = (traits.IsTroubled ? .12 : .025) * dice.Factor(.6);
        blankShare = dice.Chance(.8) ? 0 : .006 * dice.Exponential();
        neverSent[(int)Metric.JavaCpuPercent] = !traits.HasJava;
        neverSent[(int)Metric.SwapUsedPercent] = !traits.HasSwap;
        if (dice.Chance(.06)) neverSent[(int)Metric.BackCloseWait] = neverSent[(int)Metric.FrontCloseWait] = true;
        if (dice.Chance(.03)) neverSent[(int)Metric.DiskUsagePercent] = true;
        if (dice.Chance(.03)) neverSent[(int)Metric.CpuIowaitPercent] = true;
    }

    /// <summary>Whether the machine itself was down in the outage that has just ended, so that it has booted.</summary>
    public bool HasBooted { get; private set; }

    /// <summary>Says nothing for some steps, for a reboot.</summary>
    public void Hush(int steps) => left = Math.Max(left, steps);

    /// <summary>Whether a reading arrives in this step.</summary>
    public bool Speaks()
    {
        HasBooted = false;
        if (left > 0)
        {
            left--;
            HasBooted = left == 0 && dice.Chance(.4);
            return false;
        }

        if (dice.Chance(outagesPerDay / StepsPerDay))
        {
            // Half an hour is typical, half a day the longest.
            left = Math.Clamp((int)(6 * dice.Factor(1.1)), 1, 144);
            return false;
        }

        return !dice.Chance(lostShare);
    }

    public void Blank(Span<float> values)
    {
        for (var metric = 0; metric < values.Length; metric++)
        {
            if (neverSent[metric] || (blankShare > 0 && dice.Chance(blankShare))) values[metric] = float.NaN;
        }
    }
}
