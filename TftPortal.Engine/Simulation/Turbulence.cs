namespace TftPortal.Engine.Simulation;

/// <summary>What nobody planned: noise, bursts, long runs, deployments that change the level, and processes that run away.</summary>
internal sealed class Turbulence(ServerTraits traits, Dice dice)
{
    private const double StepsPerDay = 288;
    private readonly double fastMemory = dice.Between(.3, .85);
    private readonly double slowMemory = dice.Between(.97, .995);
    private readonly double burstsPerDay = traits.IsQuiet ? .1 : dice.Between(.1, 3);
    private readonly double whiteShare = dice.Between(.1, .8), trafficNoise = dice.Between(.08, .45);
    private readonly double spikeShare = dice.Chance(.3) ? 0 : .03 * dice.Exponential();
    private readonly double spikeSize = (traits.IsQuiet ? 1.5 : 6) * dice.Factor(.6);
    private double fast, white, spike, slow, net, level;
    private double burst, run, runTarget, runaway, runawayPerStep;
    private int burstLeft, runLeft, runawayLeft;

    /// <summary>A factor on CPU demand around 1: slow wander and deployments.</summary>
    public double Demand { get; private set; } = 1;

    /// <summary>A factor on traffic around 1.</summary>
    public double Traffic { get; private set; } = 1;

    /// <summary>CPU of bursts, long runs and runaway processes, percent of all cores.</summary>
    public double Cpu { get; private set; }

    /// <summary>Whether somebody's long run is under way.</summary>
    public bool IsRunning => runLeft > 0;

    /// <summary>Noise for a level of CPU: busier is noisier, and most of it is upwards.</summary>
    public double NoiseAt(double cpu) => (((fast * (1 - whiteShare)) + (Math.Abs(white) * whiteShare)) * traits.Noise * (.15 + (.06 * cpu))) + spike;

    public void Advance(double activity)
    {
        fast = (fastMemory * fast) + (Math.Sqrt(1 - (fastMemory * fastMemory)) * dice.HeavyTailed());
        white = dice.HeavyTailed();
        // A spike of one step: somebody logs in, a page is heavy.
        spike = spikeShare > 0 && dice.Chance(spikeShare * (.4 + activity)) ? Math.Min(spikeSize * dice.Exponential(), 45) : 0;
        slow = (slowMemory * slow) + (Math.Sqrt(1 - (slowMemory * slowMemory)) * dice.Normal());
        net = (.7 * net) + (.7 * dice.HeavyTailed());
        // A deployment: by day, every two weeks or so; what it changes stays.
        if (dice.Chance((traits.IsQuiet ? .02 : .14) * activity / StepsPerDay)) level = (.6 * level) + (.18 * dice.Normal());
        Demand = Math.Exp(level + (.12 * traits.Noise * slow));
        Traffic = Math.Exp(level + (.3 * traits.Noise * slow) + (trafficNoise * net)) * (1 + (spike * .25));
        Cpu = Burst(activity) + Run(activity) + Runaway();
    }

    public void Restart()
    {
        burstLeft = runLeft = runawayLeft = 0;
        burst = run = runTarget = runaway = 0;
    }

    private double Burst(double activity)
    {
        if (burstLeft == 0 && dice.Chance(burstsPerDay * (.3 + activity) / StepsPerDay))
        {
            burstLeft = 1 + (int)(2 * dice.Exponential());
            burst = Math.Min(40, 9 * dice.Exponential() * (traits.IsQuiet ? .4 : 1));
        }

        return burstLeft > 0 && burstLeft-- > 0 ? burst * dice.Between(.6, 1) : 0;
    }

    // Starts at once, wavers while it runs, ends at once: a training, a report.
    private double Run(double activity)
    {
        var character = traits.Character;
        if (runLeft == 0 && character.RunsPerDay > 0 && dice.Chance((traits.IsQuiet ? .1 : 1) * character.RunsPerDay * (.35 + activity) / StepsPerDay))
        {
            runLeft = Math.Clamp((int)(12 * character.RunHours * dice.Factor(.8)), 3, 144);
            runTarget = Math.Min(traits.Headroom, character.RunCpu * traits.Scale * dice.Factor(.3));
        }

        if (runLeft == 0)
        {
            run = 0;
            return 0;
        }

        runLeft--;
        run += (.6 * (runTarget - run)) + (.06 * runTarget * dice.Normal());
        return Math.Max(0, run);
    }

    // Ramps over one to eight hours, then somebody ends it.
    private double Runaway()
    {
        var everyDays = traits.IsTroubled ? 3 : traits.IsQuiet ? 60 : 18;
        if (runawayLeft == 0 && dice.Chance(1 / (StepsPerDay * everyDays)))
        {
            runawayLeft = dice.Whole(12, 96);
            runawayPerStep = (traits.IsTroubled ? dice.Between(25, 75) : dice.Between(8, 35)) / runawayLeft;
        }

        if (runawayLeft > 0)
        {
            runawayLeft--;
            runaway = Math.Max(0, runaway + (runawayPerStep * (1 + (.5 * dice.Normal()))));
        }
        else
        {
            runaway *= .3;
        }

        return runaway;
    }
}
