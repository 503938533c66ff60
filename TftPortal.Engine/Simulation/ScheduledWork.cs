namespace TftPortal.Engine.Simulation;

/// <summary>What jobs add in a step: percent of all cores, points of memory, MB/s, and points of disk that are given back afterwards.</summary>
internal readonly record struct Work(double Cpu, double Iowait, double Mem, double NetIn, double NetOut, double TemporaryDisk);

/// <summary>Cron jobs, nightly batches and backups: to the minute when they start, never quite the same in what they cost.</summary>
internal sealed class ScheduledWork
{
    private const int MinutesOfDay = 1440, MinutesOfWeek = 7 * MinutesOfDay, StepMinutes = 5;
    private readonly List<Job> jobs = [];
    private readonly Dice dice;

    public ScheduledWork(ServerTraits traits, Dice dice)
    {
        this.dice = dice;
        var character = traits.Character;
        for (var left = traits.IsQuiet ? dice.Whole(0, 1) : dice.Whole(1, character.CronJobs); left > 0; left--) AddCronJob(traits);
        if (!double.IsNaN(character.BatchHour) && !traits.IsQuiet)
        {
            jobs.Add(new()
            {
                Period = MinutesOfDay,
                Start = Minute(character.BatchHour + (.8 * dice.Normal())),
                Minutes = 60 * character.BatchHours * dice.Factor(.35),
                Wobble = .12,
                Cpu = Math.Min(traits.Headroom, character.BatchCpu * traits.Scale * dice.Factor(.2)),
                Iowait = Math.Min(14, character.BatchIowait * dice.Factor(.3)),
                Mem = dice.Between(0, 7),
                NetIn = character.BatchTraffic * traits.Scale * dice.Between(.1, 1),
                NetOut = character.BatchTraffic * traits.Scale * dice.Between(.05, .4),
                TemporaryDisk = dice.Chance(.4) ? dice.Between(.5, 4) : 0,
                SkippedOnWeekends = character.Weekend < .3,
            });
        }

        if (dice.Chance(.7)) AddBackup(traits);
    }

    public Work At(DateTime clock)
    {
        var minute = ((int)clock.DayOfWeek * MinutesOfDay) + (clock.Hour * 60) + clock.Minute;
        double cpu = 0, iowait = 0, mem = 0, netIn = 0, netOut = 0, disk = 0;
        foreach (var job in jobs)
        {
            var share = job.ShareOf(minute, dice);
            if (share == 0) continue;
            cpu += share * job.Cpu;
            iowait += share * job.Iowait;
            mem += share * job.Mem;
            netIn += share * job.NetIn;
            netOut += share * job.NetOut;
            disk += share * job.TemporaryDisk;
        }

        return new(cpu, iowait, mem, netIn, netOut, disk);
    }

    private void AddCronJob(ServerTraits traits) => jobs.Add(new()
    {
        Period = dice.Pick([60, 60, 60, 30, 15, 120, 240, 360]),
        Start = dice.Pick([0, 0, 5, 10, 15, 17, 30, 45]),
        Minutes = dice.Chance(.75) ? dice.Between(1, 5) : dice.Between(5, 12),
        Wobble = dice.Between(.05, .3),
        Cpu = Math.Min(.8 * traits.Headroom, traits.Character.CronCpu * (traits.IsQuiet ? .3 : 1) * dice.Factor(.5)),
        Iowait = dice.Chance(.3) ? dice.Between(.3, 4) : 0,
        Mem = dice.Chance(.4) ? dice.Between(.2, 2.5) : 0,
        NetIn = dice.Chance(.4) ? traits.NetIn * dice.Between(.2, 1.5) : 0,
        NetOut = dice.Chance(.3) ? traits.NetOut * dice.Between(.2, 1) : 0,
        SkipChance = dice.Chance(.3) ? .1 : .005,
    });

    // Daily on most servers, weekly on some: reads every disk and sends it away.
    private void AddBackup(ServerTraits traits) => jobs.Add(new()
    {
        Period = dice.Chance(.75) ? MinutesOfDay : MinutesOfWeek,
        Start = Minute(dice.Between(0, 5)) + (MinutesOfDay * dice.Whole(0, 6)),
        Minutes = dice.Between(15, 120),
        Wobble = .1,
        Cpu = dice.Between(1, 7) * (traits.IsQuiet ? .4 : 1),
        Iowait = dice.Between(1.5, 11) * (traits.IsQuiet ? .4 : 1),
        Mem = dice.Between(0, 2),
        NetOut = dice.Between(2, 30) * (traits.IsQuiet ? .3 : 1),
        SkipChance = .02,
    });

    private static int Minute(double hour) => (int)(((hour + 24) % 24) * 12) * StepMinutes;

    /// <summary>One job: from <see cref="Start"/> on every <see cref="Period"/> minutes of the week, for about <see cref="Minutes"/>.</summary>
    private sealed class Job
    {
        private double strength = 1;
        private double length;

        public required int Period { get; init; }
        public required int Start { get; init; }
        public required double Minutes { get; init; }
        public required double Wobble { get; init; }
        public required double Cpu { get; init; }
        public double Iowait { get; init; }
        public double Mem { get; init; }
        public double NetIn { get; init; }
        public double NetOut { get; init; }
        public double TemporaryDisk { get; init; }
        public double SkipChance { get; init; }
        public bool SkippedOnWeekends { get; init; }

        /// <summary>How much of the step that begins at this minute of the week it runs, times how hard this run is.</summary>
        public double ShareOf(int minuteOfWeek, Dice dice)
        {
            var phase = (((minuteOfWeek - Start) % Period) + Period) % Period;
            var untilNext = Period - phase;
            if (phase == 0 || untilNext < StepMinutes) BeginRun(minuteOfWeek, dice);
            var ran = Math.Clamp(length - phase, 0, StepMinutes);
            if (untilNext < StepMinutes) ran = Math.Min(length, StepMinutes - untilNext);
            return ran / StepMinutes * strength;
        }

        private void BeginRun(int minuteOfWeek, Dice dice)
        {
            var weekend = minuteOfWeek < MinutesOfDay || minuteOfWeek >= 6 * MinutesOfDay;
            strength = dice.Factor(Wobble);
            length = Math.Min(Minutes * dice.Factor(Wobble), Period);
            if (dice.Chance(SkipChance) || (SkippedOnWeekends && weekend)) length = 0;
        }
    }
}
