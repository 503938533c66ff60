namespace TftPortal.Engine.Forecasting;

/// <summary>
/// Who answers for a server's metric: the network, or the baseline where the network has lost against it on what has happened since. Belongs to the thread of the forecast cycle.
/// </summary>
internal sealed class ForecastGuard
{
    /// <summary>Scored points, faded with τ of two days, that it takes to judge: about a day and a half of a new server; 115 is the most that there are.</summary>
    public const float FewestPoints = 60;
    /// <summary>The baseline takes over where the network's loss is this many times its own.</summary>
    public const float TakesOverAt = 1.10f;
    /// <summary>The network comes back where its loss is at most this many times the baseline's.</summary>
    public const float ComesBackAt = 1f;

    private readonly Dictionary<string, ushort> baselineFor = new(StringComparer.Ordinal);

    /// <summary>For which metrics of a server the baseline answers: bit n is metric n.</summary>
    public ushort Of(string server) => baselineFor.GetValueOrDefault(server);

    /// <summary>Notes who answers from the next forecast on.</summary>
    public void Note(string server, ushort metrics)
    {
        if (metrics == 0) baselineFor.Remove(server);
        else baselineFor[server] = metrics;
    }

    /// <summary>Whether the baseline is to answer.</summary>
    /// <param name="isGuarded">Whether it does already: between the two margins it stays as it is.</param>
    /// <param name="network">The network's summed loss on what has happened since.</param>
    /// <param name="baseline">The baseline's, on the same.</param>
    /// <param name="points">How many points that is; with fewer than <see cref="FewestPoints"/> it stays as it is.</param>
    /// <param name="fineness">An error that nobody cares about, in the metric's unit: a tenth of it a point is no loss.</param>
    public static bool IsBaselineBetter(bool isGuarded, float network, float baseline, float points, float fineness)
    {
        if (points < FewestPoints) return isGuarded;
        return isGuarded ? network > ComesBackAt * baseline : network > (TakesOverAt * baseline) + (points * fineness / 10);
    }
}
