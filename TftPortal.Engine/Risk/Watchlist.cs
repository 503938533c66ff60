using System.Collections.Concurrent;
using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Risk;

/// <summary>What is watched in every server, by the rules as they stand. Safe for several threads.</summary>
internal sealed class Watchlist
{
    private readonly RuleBook settings;
    private Answers current;

    /// <summary>Makes the list from settings that were checked.</summary>
    public Watchlist(ThresholdOptions thresholds, params IEnumerable<AlertRule> rules)
        : this(RuleBook.Of(thresholds, rules))
    {
    }

    private Watchlist(RuleBook rules) => (settings, current) = (rules, new(rules));

    /// <summary>The rules of the settings, the widest first.</summary>
    public ImmutableArray<SourcedRule> Settings => settings.Rules;

    /// <summary>What is watched in a server.</summary>
    public ImmutableArray<Watch> For(ServerSnapshot server) => For(server.Name, server.Profile);

    /// <summary>What is watched in a server of this name and profile.</summary>
    public ImmutableArray<Watch> For(string server, ServerProfile profile) => Volatile.Read(ref current).For(server, profile);

    /// <summary>A list beside this one: of one metric alone, by these rules of the admins.</summary>
    public Watchlist Only(string metric, IEnumerable<AlertRule> admins) => new(settings.With(admins).Only(metric));

    /// <summary>Goes by these rules of the admins from here on.</summary>
    public void Adopt(ImmutableArray<AlertRule> rules) => Volatile.Write(ref current, new(settings.With(rules)));

    /// <summary>What the rules say of each server that was asked for: rules change seldom, and every server is asked for in every cycle.</summary>
    private sealed class Answers(RuleBook rules)
    {
        private const int Most = 100_000; // servers come and go: names that are no more must not stay for ever
        private readonly bool namesServers = rules.NamesServers;
        private readonly ConcurrentDictionary<(string Server, ServerProfile Profile), ImmutableArray<Watch>> known = new();

        public ImmutableArray<Watch> For(string server, ServerProfile profile)
        {
            var key = (namesServers ? server : "", profile);
            if (known.TryGetValue(key, out var watches)) return watches;
            if (known.Count >= Most) known.Clear();
            return known[key] = rules.For(server, profile);
        }
    }
}
