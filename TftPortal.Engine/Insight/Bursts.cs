using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Insight;

/// <summary>
/// Finds servers that broke together: of those that raised an alert within <see cref="CascadeDetector.Together"/>, groups that have something in common (the metric, the beginning of their names, the profile)
/// and are more than chance would bring; and the whole fleet, where a quarter of it did, or a tenth that has nothing narrower in common. Chance is a Poisson count at the rate of the last two hours, and no
/// less than a usual one; it must be less probable than <see cref="Chance"/>, shared among the groups looked at (Bonferroni). Its tail is bounded by Chernoff: e^(k−λ) (λ/k)^k. docs/decisions/alerts.md has what that comes to.
/// </summary>
internal static class Bursts
{
    private const int Fewest = 3; // servers
    private const int FewestOfFleet = 5;
    private const double Outage = .25, Disturbance = .1; // parts of the fleet
    private const double Explains = .8; // of the servers that raised
    private const double Tells = .5; // what more of the fleet than this has in common tells nothing
    private const double Chance = 1e-4; // a look; some 300 looks a day are independent
    private const double UsualPerDay = .25; // raises a server and day: the dearer of the two prices at which alerts are measured
    private static readonly TimeSpan Known = TimeSpan.FromHours(2);

    /// <summary>The bursts, the least probable first. Each has all that its servers raised; a server may be in several.</summary>
    /// <param name="fresh">The alerts that were raised within <see cref="CascadeDetector.Together"/>.</param>
    /// <param name="raises">What was raised within the last two hours.</param>
    /// <param name="fleet">The servers that there are.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<List<Alert>> Of(List<Alert> fresh, IEnumerable<AlertRaise> raises, IEnumerable<ServerSnapshot> fleet, DateTimeOffset now)
    {
        if (fresh.DistinctBy(alert => alert.Server, StringComparer.Ordinal).Take(Fewest).Count() < Fewest) return [];
        var profiles = fleet.ToDictionary(server => server.Name, server => server.Profile, StringComparer.Ordinal);
        var groups = new Dictionary<Common, HashSet<string>>();
        foreach (var alert in fresh)
        {
            foreach (var common in CommonOf(alert.Server, alert.Metric, profiles)) (groups.TryGetValue(common, out var servers) ? servers : groups[common] = new(StringComparer.Ordinal)).Add(alert.Server);
        }

        var earlier = raises.Where(raise => now - raise.At > CascadeDetector.Together).SelectMany(raise => CommonOf(raise.Server, raise.Metric, profiles)).CountBy(common => common).ToDictionary();
        var sizes = profiles.Keys.SelectMany(server => CommonOf(server, null, profiles)).CountBy(common => common).ToDictionary();
        var all = groups[Common.Fleet].Count;
        var bursts =
            from pair in groups
            let size = pair.Key.Kind == CommonKind.Metric ? profiles.Count : sizes.GetValueOrDefault(pair.Key)
            where pair.Key.Kind is CommonKind.Metric or CommonKind.Fleet || size <= Tells * profiles.Count
            where pair.Value.Count >= (pair.Key == Common.Fleet ? FewestOfFleet : Fewest)
            let chance = TailOf(pair.Value.Count, Expected(size, earlier.GetValueOrDefault(pair.Key)))
            where chance < Chance / groups.Count
            orderby chance, pair.Key.Name
            select (pair.Key, Servers: pair.Value);
        var found = bursts.ToList();
        var isWhole = all >= Outage * profiles.Count || (all >= Disturbance * profiles.Count && !found.Any(burst => burst.Key != Common.Fleet && burst.Servers.Count >= Explains * all));
        return
            from burst in found
            where burst.Key != Common.Fleet || isWhole
            orderby burst.Key == Common.Fleet ? 0 : 1
            select fresh.Where(alert => burst.Servers.Contains(alert.Server)).ToList();
    }

    /// <summary>How many raises a group of servers has within <see cref="CascadeDetector.Together"/> as a rule.</summary>
    private static double Expected(int servers, int earlier) =>
        Math.Max(UsualPerDay * servers * (CascadeDetector.Together / TimeSpan.FromDays(1)), earlier * (CascadeDetector.Together / (Known - CascadeDetector.Together)));

    /// <summary>At most so probable are so many, or more, where so many are expected.</summary>
    private static double TailOf(int count, double expected) => count <= expected ? 1 : Math.Exp(count - expected - (count * Math.Log(count / expected)));

    private static IEnumerable<Common> CommonOf(string server, string? metric, Dictionary<string, ServerProfile> profiles)
    {
        yield return Common.Fleet;
        if (metric is not null) yield return new(CommonKind.Metric, metric);
        if (NamesOf(server) is { Length: > 0 } names) yield return new(CommonKind.Names, names);
        if (profiles.TryGetValue(server, out var profile)) yield return new(CommonKind.Profile, profile.ToString());
    }

    /// <summary>How a server and its neighbours are called: "web" of web-012, "rack7-db" of rack7-db3.example.com. Empty where the name is nothing but a number.</summary>
    private static string NamesOf(string server)
    {
        var dot = server.IndexOf('.', StringComparison.Ordinal);
        var host = dot < 0 ? server : server[..dot];
        return host.TrimEnd("0123456789".ToCharArray()).TrimEnd('-', '_', ':');
    }

    private enum CommonKind { Fleet, Metric, Names, Profile }

    private readonly record struct Common(CommonKind Kind, string Name)
    {
        public static Common Fleet { get; } = new(CommonKind.Fleet, "");
    }
}
