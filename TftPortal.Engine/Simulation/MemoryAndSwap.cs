namespace TftPortal.Engine.Simulation;

/// <summary>
/// Memory: what the services hold, what the day adds, what fills up after a boot, the saw-tooth of a Java heap, and now and then a leak that ends in a reboot.
/// Swap follows memory's pressure: quickly up, slowly down, empty after a boot.
/// </summary>
internal sealed class MemoryAndSwap
{
    private const double StepsPerDay = 288;
    private readonly ServerTraits traits;
    private readonly Dice dice;
    private readonly double rest, dayShare, warmUp, warmUpPerStep, heapSwing, heapPerStep, swapRest, workShare, noise, leakCeiling, leakEveryDays;
    private double filled, heap, wander, leak, leakPerStep, swapped, swap;
    private bool leaking;

    public MemoryAndSwap(ServerTraits traits, Dice dice)
    {
        this.traits = traits;
        this.dice = dice;
        var character = traits.Character;
        warmUp = dice.Between(0, 8);
        rest = dice.Between(traits.IsQuiet ? 8 : character.MemFrom, traits.IsQuiet ? 45 : character.MemTo) - warmUp;
        dayShare = traits.IsQuiet ? .1 : character.MemDay * dice.Factor(.4);
        warmUpPerStep = 1 / (StepsPerDay * dice.Between(.3, 4));
        // A heap of fixed size never shows; one that grows and is collected does.
        heapSwing = traits.HasJava && dice.Chance(.6) ? dice.Between(1, 11) * (traits.IsQuiet ? .3 : 1) : 0;
        heapPerStep = 1 / (12 * dice.Between(.7, 10));
        swapRest = dice.Chance(.35) ? 0 : dice.Between(.1, 7);
        noise = traits.Noise * dice.Between(.02, .25);
        leakEveryDays = character.LeakEveryDays * (traits.IsTroubled ? .2 : traits.IsQuiet ? 4 : 1);
        leakCeiling = traits.IsTroubled ? dice.Between(90, 99) : Math.Max(rest + warmUp + 6, dice.Between(78, 88));
        filled = dice.Between(.3, 1);
        heap = dice.Uniform() * heapSwing;
        swap = swapped = swapRest;
        workShare = dice.Between(.2, 1.2);
        Used = rest;
    }

    /// <summary>Percent, 0–100.</summary>
    public double Used { get; private set; }

    /// <summary>Percent, 0–100.</summary>
    public double Swap => swap;

    /// <summary>CPU of the garbage collection in this step, percent of one core.</summary>
    public double CollectorCpu { get; private set; }

    /// <summary>Whether a leak has come to where somebody reboots the machine.</summary>
    public bool NeedsReboot => leaking && Used >= leakCeiling;

    public void Advance(double activity, bool running, double work)
    {
        filled += warmUpPerStep * (1 - filled);
        wander = (.98 * wander) + (.2 * noise * dice.Normal());
        Collect(activity);
        Leak(activity);
        var used = rest + (warmUp * filled) + (dayShare * activity) + (running ? dayShare : 0) + (workShare * work) + heap + leak + (5 * wander) + (noise * dice.HeavyTailed());
        Used = Math.Clamp(used, 2, 99.4);
        SwapOut(Used);
    }

    public void Boot()
    {
        filled = heap = leak = swapped = swap = wander = 0;
        leaking = false;
    }

    private void Collect(double activity)
    {
        CollectorCpu = 0;
        if (heapSwing == 0) return;
        heap += heapSwing * heapPerStep * (.15 + activity) * (1 + (.2 * dice.Normal()));
        if (heap < heapSwing) return;
        heap = heapSwing * dice.Between(0, .25);
        CollectorCpu = dice.Between(10, 80);
    }

    private void Leak(double activity)
    {
        if (!leaking && dice.Chance(1 / (StepsPerDay * leakEveryDays)))
        {
            leaking = true;
            // From an hour and a half to four days, the short as likely as the long.
            leakPerStep = Math.Max(4, leakCeiling - Used) / (18 * Math.Pow(64, dice.Uniform()));
        }

        if (leaking) leak += leakPerStep * (.5 + activity) * Math.Max(0, 1 + (.4 * dice.Normal()));
    }

    private void SwapOut(double used)
    {
        if (!traits.HasSwap) return;
        // Pages that nobody asks for go out in steps, and come back in steps.
        if (swapRest > 0 && dice.Chance(swapped < swapRest ? .01 : .002)) swapped = Math.Clamp(swapped + (swapRest * .3 * (dice.Normal() + (swapped < swapRest ? 1 : 0))), 0, 3 * swapRest);
        var wanted = swapped + (Math.Max(0, used - 88) * 3.5);
        swap += wanted > swap ? .25 * (wanted - swap) : .01 * (wanted - swap);
        if (Math.Abs(swap - wanted) < .01) swap = wanted;
        swap = Math.Clamp(swap, 0, 100);
    }
}
