using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Window;

/// <summary>Everything that the window needs to go on as if it had never stopped. Immutable: it shares blocks and open steps with the window, which copies before it writes.</summary>
/// <param name="Time">When the window was so.</param>
/// <param name="Grid">The time grid.</param>
/// <param name="Tick">Batches applied since the first start.</param>
/// <param name="Servers">The servers, in any order: who writes them sorts them, for that takes a large fleet long and the loop must not wait.</param>
internal sealed record WindowImage(DateTimeOffset Time, StepGrid Grid, long Tick, ImmutableArray<ServerImage> Servers)
{
    /// <summary>Readings in it.</summary>
    public long Records => Servers.Sum(server => (long)server.Snapshot.Records);
}

/// <summary>One server of an image.</summary>
/// <param name="Snapshot">What readers know of it.</param>
/// <param name="ReceivedAt">When a reading of it last came in, milliseconds since 1970 UTC.</param>
/// <param name="Timesteps">Distinct readings of it since the first start: the old daemon's <c>server_timesteps</c>.</param>
/// <param name="HasReal">Whether any of its readings was not simulated.</param>
/// <param name="Open">Its open steps, by step.</param>
internal sealed record ServerImage(ServerSnapshot Snapshot, long ReceivedAt, long Timesteps, bool HasReal, ImmutableArray<OpenStep> Open);
