namespace TftPortal.Engine.Simulation;

/// <summary>Connections in CLOSE_WAIT on one side: a few that come and go with the work, and now and then a service that forgets to close them until it is restarted.</summary>
internal sealed class CloseWait(double atPeak, double incidentsPerDay, Dice dice)
{
    private const double StepsPerDay = 288;
    private readonly double stuck = dice.Chance(.3) ? dice.Whole(0, 3) : 0;
    private double leaked, leakedPerStep, limit;

    public int Count { get; private set; }

    public void Advance(double activity)
    {
        if (limit == 0 && atPeak > 0 && dice.Chance(incidentsPerDay / StepsPerDay))
        {
            limit = 15 + (60 * dice.Exponential());
            leakedPerStep = limit / dice.Between(12, 160);
        }

        if (limit > 0)
        {
            leaked += leakedPerStep * (.2 + activity) * dice.Exponential();
            if (leaked > limit) Restart();
        }

        var expected = atPeak * (.08 + activity);
        // Poisson by its normal approximation, which at these counts nobody can tell from it.
        Count = atPeak == 0 ? (int)stuck : (int)Math.Max(0, Math.Round(stuck + expected + leaked + (Math.Sqrt(expected) * .7 * dice.Normal())));
    }

    public void Restart() => leaked = limit = 0;
}
