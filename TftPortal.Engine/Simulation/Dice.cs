namespace TftPortal.Engine.Simulation;

/// <summary>
/// A seeded source of randomness (SplitMix64, Steele et al. 2014). Our own, so that a seed gives the same series on every version of .NET.
/// Each part of a server throws its own dice: an event in one part does not change what happens in another.
/// </summary>
internal sealed class Dice(int seed, int stream)
{
    private ulong state = Mix(Mix((uint)seed + 1UL) ^ Mix(((ulong)(uint)stream << 32) + 0x5DEECE66DUL));
    private double spare;
    private bool hasSpare;

    /// <summary>From 0, included, to 1, excluded.</summary>
    public double Uniform()
    {
        state += 0x9E3779B97F4A7C15UL;
        return (Mix(state) >> 11) * (1.0 / (1UL << 53));
    }

    public double Between(double from, double to) => from + ((to - from) * Uniform());

    /// <summary>A whole number from <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    public int Whole(int from, int to) => from + (int)((to - from + 1) * Uniform());

    public bool Chance(double probability) => Uniform() < probability;

    public T Pick<T>(ReadOnlySpan<T> choices) => choices[(int)(choices.Length * Uniform())];

    /// <summary>Normal with mean 0 and deviation 1 (Box–Muller, two at a time).</summary>
    public double Normal()
    {
        if (hasSpare)
        {
            hasSpare = false;
            return spare;
        }

        var radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
        var (sin, cos) = Math.SinCos(2 * Math.PI * Uniform());
        spare = radius * sin;
        hasSpare = true;
        return radius * cos;
    }

    /// <summary>Like <see cref="Normal"/>, but one in 25 is four times as far out: what measured load looks like.</summary>
    public double HeavyTailed() => Chance(.04) ? 4 * Normal() : Normal();

    /// <summary>Exponential with mean 1.</summary>
    public double Exponential() => -Math.Log(1 - Uniform());

    /// <summary>A factor around 1: log-normal with median 1.</summary>
    public double Factor(double sigma) => Math.Exp(sigma * Normal());

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
