using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Simulation;

/// <summary>What servers of one profile have in common. Percentages are of all cores; hours are of the server's own clock.</summary>
internal sealed record ProfileCharacter
{
    /// <summary>CPU at rest, and what the day adds at its peak, percent.</summary>
    public required double BaseCpu { get; init; }
    public required double DayCpu { get; init; }

    /// <summary>When the day's work begins and ends, hours.</summary>
    public required double Opens { get; init; }
    public required double Closes { get; init; }

    /// <summary>How strong a second peak in the evening is, share of the day's; 0 for none.</summary>
    public double Evening { get; init; }

    /// <summary>Saturday's and Sunday's work, share of a weekday's.</summary>
    public required double Weekend { get; init; }

    /// <summary>When the nightly batch begins, hours; NaN for none. Its length in hours, CPU and I/O wait in percent, traffic in MB/s.</summary>
    public double BatchHour { get; init; } = double.NaN;
    public double BatchHours { get; init; }
    public double BatchCpu { get; init; }
    public double BatchIowait { get; init; }
    public double BatchTraffic { get; init; }

    /// <summary>Runs of hours that somebody starts when he likes (a training, a report): how many a day, how long, how much CPU.</summary>
    public double RunsPerDay { get; init; }
    public double RunHours { get; init; }
    public double RunCpu { get; init; }

    /// <summary>Jobs by the minute of the hour: at most this many, with CPU of about this much, percent.</summary>
    public required int CronJobs { get; init; }
    public required double CronCpu { get; init; }

    /// <summary>Whether it runs Java: a probability. How much of its CPU that is: a share.</summary>
    public required double JavaChance { get; init; }
    public double JavaShare { get; init; } = .75;

    /// <summary>Memory at rest: from, to, percent; and what the day adds.</summary>
    public required double MemFrom { get; init; }
    public required double MemTo { get; init; }
    public required double MemDay { get; init; }

    /// <summary>Traffic at the day's peak, MB/s.</summary>
    public required double NetIn { get; init; }
    public required double NetOut { get; init; }

    /// <summary>Connections in CLOSE_WAIT at the day's peak.</summary>
    public required double CloseWait { get; init; }

    /// <summary>I/O wait at rest, percent.</summary>
    public required double Iowait { get; init; }

    /// <summary>Days between two memory leaks, on average.</summary>
    public required double LeakEveryDays { get; init; }

    public static ProfileCharacter Of(ServerProfile profile) => All[(int)profile];

    private static readonly ProfileCharacter[] All =
    [
        new() // generic
        {
            BaseCpu = 4, DayCpu = 9, Opens = 8, Closes = 18, Weekend = .6, CronJobs = 3, CronCpu = 8, JavaChance = .25, MemFrom = 18, MemTo = 60, MemDay = 3,
            NetIn = .6, NetOut = .8, CloseWait = 1, Iowait = .4, LeakEveryDays = 40,
        },
        new() // ml_compute
        {
            BaseCpu = 8, DayCpu = 12, Opens = 10, Closes = 21, Evening = .5, Weekend = .55, RunsPerDay = 1.6, RunHours = 3.5, RunCpu = 42, CronJobs = 1, CronCpu = 5,
            JavaChance = .1, MemFrom = 30, MemTo = 65, MemDay = 8, NetIn = 6, NetOut = 2, CloseWait = .5, Iowait = .6, LeakEveryDays = 20,
        },
        new() // database
        {
            BaseCpu = 9, DayCpu = 24, Opens = 7.5, Closes = 18.5, Evening = .25, Weekend = .4, BatchHour = 2, BatchHours = 1.6, BatchCpu = 12, BatchIowait = 9, BatchTraffic = 25,
            CronJobs = 3, CronCpu = 6, JavaChance = 0, MemFrom = 68, MemTo = 86, MemDay = 2, NetIn = 8, NetOut = 14, CloseWait = 2, Iowait = 1.6, LeakEveryDays = 60,
        },
        new() // web_api
        {
            BaseCpu = 5, DayCpu = 34, Opens = 8, Closes = 19, Evening = .55, Weekend = .4, CronJobs = 2, CronCpu = 5, JavaChance = .75, MemFrom = 32, MemTo = 66, MemDay = 7,
            NetIn = 12, NetOut = 30, CloseWait = 8, Iowait = .3, LeakEveryDays = 18,
        },
        new() // conductor_mgmt
        {
            BaseCpu = 5, DayCpu = 6, Opens = 7, Closes = 17, Weekend = .75, CronJobs = 5, CronCpu = 13, JavaChance = .6, MemFrom = 28, MemTo = 55, MemDay = 3,
            NetIn = 1, NetOut = 1.5, CloseWait = 3, Iowait = .5, LeakEveryDays = 30,
        },
        new() // data_ingest
        {
            BaseCpu = 9, DayCpu = 11, Opens = 6, Closes = 20, Weekend = .85, BatchHour = 22.5, BatchHours = 3.2, BatchCpu = 28, BatchIowait = 8, BatchTraffic = 40,
            CronJobs = 4, CronCpu = 18, JavaChance = .7, MemFrom = 40, MemTo = 70, MemDay = 6, NetIn = 22, NetOut = 9, CloseWait = 4, Iowait = 1.8, LeakEveryDays = 22,
        },
        new() // risk_analytics
        {
            BaseCpu = 6, DayCpu = 18, Opens = 7, Closes = 17.5, Weekend = .12, BatchHour = 18.5, BatchHours = 2.6, BatchCpu = 38, BatchIowait = 4, BatchTraffic = 10,
            RunsPerDay = .5, RunHours = 1, RunCpu = 25, CronJobs = 2, CronCpu = 9, JavaChance = .4, MemFrom = 35, MemTo = 64, MemDay = 10, NetIn = 4, NetOut = 3, CloseWait = 2,
            Iowait = .7, LeakEveryDays = 30,
        },
    ];
}
