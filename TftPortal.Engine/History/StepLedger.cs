using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.History;

/// <summary>A step of a server that must be written.</summary>
/// <param name="Server">The server.</param>
/// <param name="Step">The step; it has readings.</param>
internal readonly record struct ChangedStep(ServerSnapshot Server, long Step);

/// <summary>
/// Which steps are on disk, and as what: it keeps the views of the past that were written, and compares. The window copies a block before it writes into one that a view holds,
/// so that a block which is still the same object need not be looked at.
/// </summary>
internal sealed class StepLedger
{
    private Dictionary<string, ServerHistory> written = new(StringComparer.Ordinal);

    /// <summary>One past the last step that was written.</summary>
    public long Until { get; private set; } = long.MinValue;

    /// <summary>The steps that ended since, and those that have changed, between two steps.</summary>
    /// <param name="servers">The fleet.</param>
    /// <param name="from">The first step that counts.</param>
    /// <param name="until">One past the last; it must have ended.</param>
    public IEnumerable<ChangedStep> Changed(IEnumerable<ServerSnapshot> servers, long from, long until)
    {
        foreach (var server in servers)
        {
            var before = written.GetValueOrDefault(server.Name, ServerHistory.Empty);
            var end = Math.Min(until, server.History.EndStep);
            for (var step = Math.Max(from, server.History.OldestStep); step < end; step++)
            {
                if (step < Until && server.History.IsSameBlock(before, step))
                {
                    step = Math.Min(ServerHistory.EndOfBlock(step), Until) - 1; // the steps that have ended since are written though nothing in their block has changed
                    continue;
                }

                if (server.History.ReadingsIn(step) == 0 || (step < Until && IsSame(before, server.History, step))) continue;
                yield return new(server, step);
            }
        }
    }

    /// <summary>What <see cref="Changed"/> gave up to a step is on disk.</summary>
    public void Wrote(ImmutableArray<ServerSnapshot> servers, long until)
    {
        written = servers.ToDictionary(server => server.Name, server => server.History, StringComparer.Ordinal);
        Until = until; // and not the larger: after a clock was set back the steps that come again have not been written
    }

    private static bool IsSame(ServerHistory one, ServerHistory other, long step)
    {
        if (one.ReadingsIn(step) != other.ReadingsIn(step)) return false;
        for (var metric = 0; metric < MetricCatalog.Count; metric++)
        {
            var (before, now) = (one.At((Metric)metric, step), other.At((Metric)metric, step));
            if (!before.Equals(now)) return false; // and not ==: missing is missing
        }

        return true;
    }
}
