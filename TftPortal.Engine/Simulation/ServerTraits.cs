using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Simulation;

/// <summary>What one simulated server is like: drawn once, from its profile's character and its own dice.</summary>
internal sealed record ServerTraits
{
    private static readonly int[] CoreCounts = [2, 4, 4, 8, 8, 16, 32, 64];

    public required ServerProfile Profile { get; init; }
    public required ServerTemper Temper { get; init; }
    public required ProfileCharacter Character { get; init; }

    /// <summary>Its own size beside its profile's: a factor on CPU, traffic and connections.</summary>
    public required double Scale { get; init; }
    public required int Cores { get; init; }
    public required bool HasJava { get; init; }
    public required bool HasSwap { get; init; }

    /// <summary>CPU at rest and what the day adds, percent of all cores.</summary>
    public required double BaseCpu { get; init; }
    public required double DayCpu { get; init; }

    /// <summary>Kernel time as a share of user time; stolen and other time that is none of the four, percent.</summary>
    public required double SysShare { get; init; }
    public required double StealPercent { get; init; }

    /// <summary>CPU that jobs and runs may add in everyday life, percent: an ordinary server was sized for them.</summary>
    public required double Headroom { get; init; }

    /// <summary>How much of its load follows the clock, 0–1: some servers do the same all day.</summary>
    public required double Rhythm { get; init; }

    /// <summary>How restless it is: a factor on noise.</summary>
    public required double Noise { get; init; }
    public required double NetIn { get; init; }
    public required double NetOut { get; init; }

    /// <summary>What its network card carries, MB/s: one or ten gigabits.</summary>
    public required double LineRate { get; init; }

    /// <summary>Traffic at rest, share of the day's peak.</summary>
    public required double Chatter { get; init; }
    public required double CloseWait { get; init; }

    public bool IsQuiet => Temper == ServerTemper.Quiet;
    public bool IsTroubled => Temper == ServerTemper.Troubled;

    public static ServerTraits Draw(ServerProfile profile, ServerTemper temper, Dice dice)
    {
        var character = ProfileCharacter.Of(profile);
        var quiet = temper == ServerTemper.Quiet;
        var scale = dice.Factor(.35) * (quiet ? .06 : temper == ServerTemper.Troubled ? 1.25 : 1);
        var baseCpu = Math.Clamp(character.BaseCpu * scale * dice.Factor(.4), .2, 30);
        var dayCpu = Math.Min(character.DayCpu * scale * dice.Factor(.25), 50);
        var sysShare = dice.Between(.08, .32);
        var ease = temper == ServerTemper.Troubled ? 1 : Math.Min(1, 60 / ((baseCpu + dayCpu) * (1 + sysShare)));
        (baseCpu, dayCpu) = (baseCpu * ease, dayCpu * ease);
        var headroom = temper == ServerTemper.Troubled ? 60 : (74 / (1 + sysShare)) - baseCpu - (.8 * dayCpu);
        var traffic = scale * dice.Factor(.7);
        return new()
        {
            Profile = profile,
            Temper = temper,
            Character = character,
            Scale = scale,
            Cores = DrawCores(baseCpu + dayCpu + (scale * (character.BatchCpu + character.RunCpu + (character.CronJobs * character.CronCpu / 2))), temper, dice),
            HasJava = dice.Chance(character.JavaChance),
            HasSwap = dice.Chance(.75),
            BaseCpu = baseCpu,
            DayCpu = dayCpu,
            SysShare = sysShare,
            Headroom = headroom,
            Rhythm = dice.Chance(.2) ? dice.Between(0, .2) : dice.Between(.6, 1),
            StealPercent = dice.Chance(.3) ? dice.Between(.05, .8) : 0,
            Noise = dice.Factor(.35) * (quiet ? .25 : 1),
            NetIn = character.NetIn * traffic * dice.Factor(.3),
            NetOut = character.NetOut * traffic * dice.Factor(.3),
            Chatter = .02 * dice.Factor(1),
            CloseWait = dice.Chance(.3) ? 0 : character.CloseWait * scale * dice.Factor(.4),
            LineRate = dice.Chance(.6) ? 117 : 1170,
        };
    }

    // The thresholds of load are absolute (8 and 12), so in a healthy fleet the larger a machine is, the emptier it runs.
    private static int DrawCores(double busiestPercent, ServerTemper temper, Dice dice)
    {
        var cores = dice.Pick<int>(CoreCounts);
        if (temper == ServerTemper.Troubled) return cores;
        while (cores > 2 && cores * busiestPercent / 100 > 5) cores /= 2;
        return cores;
    }
}
