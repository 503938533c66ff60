namespace TftPortal.Engine.Simulation;

/// <summary>How busy people keep a server over the day and the week: about 0 at night, 1 at a weekday's peak.</summary>
internal sealed class DailyRhythm
{
    private const int Slots = 288;

    // Monday is a little busier than Friday.
    private static readonly double[] WeekdayFactors = [1, 1.05, 1.03, 1, 1.01, .9, 1]; // Sunday first

    private readonly Dice dice;
    private readonly double[] weekday = new double[Slots];
    private readonly double[] weekend = new double[Slots];
    private readonly double share, restlessness;
    private long day = long.MinValue;
    private double mood;
    private double dayFactor = 1;

    public DailyRhythm(ServerTraits traits, Dice dice)
    {
        var character = traits.Character;
        share = traits.Rhythm;
        this.dice = dice;
        restlessness = dice.Between(.03, .16);
        var shift = .8 * dice.Normal();
        var opens = character.Opens + shift + (.4 * dice.Normal());
        var closes = character.Closes + shift + (.7 * dice.Normal());
        double rise = dice.Between(.35, 1.1), fall = dice.Between(.5, 1.6), lunch = dice.Between(0, .3);
        double evening = character.Evening * dice.Factor(.3), eveningHour = 20.5 + (.7 * dice.Normal()), skew = dice.Between(-.25, .25);
        var weekendFactor = character.Weekend * dice.Factor(.3);
        for (var slot = 0; slot < Slots; slot++)
        {
            var hour = slot / 12.0;
            weekday[slot] = Around(hour, at => Open(at, opens, closes, rise, fall) * (1 - (lunch * Bump(at, 12.6, .55)) + (skew * (at - 13) / 5)) + (evening * Bump(at, eveningHour, 1.3)));
            weekend[slot] = weekendFactor * Around(hour, at => (.8 * Open(at, opens + 1.5, closes + 1.5, 1.5 * rise, 1.5 * fall)) + (evening * Bump(at, eveningHour, 1.6)));
        }

        var top = weekday.Max();
        for (var slot = 0; slot < Slots; slot++)
        {
            weekday[slot] = Math.Max(0, weekday[slot] / top);
            weekend[slot] = Math.Max(0, weekend[slot] / top);
        }
    }

    public double At(DateTime clock)
    {
        var today = clock.Ticks / TimeSpan.TicksPerDay;
        if (today != day)
        {
            day = today;
            mood = (.5 * mood) + (restlessness * dice.Normal());
            dayFactor = Math.Exp(mood) * WeekdayFactors[(int)clock.DayOfWeek];
            if (dice.Chance(.02)) dayFactor *= dice.Between(.3, .7); // a holiday
        }

        var slot = (int)(clock.TimeOfDay.Ticks / (TimeSpan.TicksPerDay / Slots));
        var activity = dayFactor * (clock.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? weekend : weekday)[slot];
        return (share * activity) + ((1 - share) * .3);
    }

    // What reaches past midnight belongs to the other end of the day.
    private static double Around(double hour, Func<double, double> shape) => shape(hour - 24) + shape(hour) + shape(hour + 24);

    private static double Open(double hour, double opens, double closes, double rise, double fall) =>
        1 / ((1 + Math.Exp((opens + 1 - hour) / rise * 2)) * (1 + Math.Exp((hour - closes + 1) / fall * 2)));

    private static double Bump(double hour, double centre, double width) => Math.Exp(-.5 * Math.Pow((hour - centre) / width, 2));
}
