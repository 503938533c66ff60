using TftPortal.Engine.Fleet;
using TftPortal.Engine.Intake;

namespace TftPortal.Api;

/// <summary>The readings of a batch that its key may feed, and those that it may not since their servers are not its own.</summary>
internal sealed class OwnServers
{
    private readonly List<int>? rows; // of the batch that was sent, by reading of ours; null where they are the same

    private OwnServers(ReadingBatch batch, IReadOnlyList<RefusedReading> foreign, List<int>? rows)
    {
        Batch = batch;
        Foreign = foreign;
        this.rows = rows;
    }

    /// <summary>What the key may feed.</summary>
    public ReadingBatch Batch { get; }

    /// <summary>What it may not.</summary>
    public IReadOnlyList<RefusedReading> Foreign { get; }

    /// <summary>Sorts a batch by what server names must begin with; null lets everything through.</summary>
    public static OwnServers Of(ReadingBatch batch, string? prefix)
    {
        List<RefusedReading> foreign = [];
        for (var row = 0; prefix is not null && row < batch.Count; row++)
        {
            if (!batch.Server(row).StartsWith(prefix, StringComparison.Ordinal)) foreign.Add(new(row, "server_name", $"not a server of this key: it feeds those whose names begin with '{prefix}'"));
        }

        return foreign.Count == 0 ? new(batch, foreign, null) : Without(batch, foreign);
    }

    /// <summary>What became of the whole batch.</summary>
    public IntakeReceipt Merge(IntakeReceipt receipt) =>
        rows is null ? receipt : receipt with { Refused = [.. Foreign.Concat(receipt.Refused.Select(reading => reading with { Index = rows[reading.Index] })).OrderBy(reading => reading.Index)] };

    private static OwnServers Without(ReadingBatch batch, List<RefusedReading> foreign)
    {
        var own = new ReadingBatch(batch.Count - foreign.Count) { IsSimulated = batch.IsSimulated };
        List<int> ours = new(batch.Count - foreign.Count);
        var next = 0;
        for (var row = 0; row < batch.Count; row++)
        {
            if (next < foreign.Count && foreign[next].Index == row)
            {
                next++;
                continue;
            }

            own.Add(batch.Server(row), batch.UnixMilliseconds(row), batch.Profile(row), batch.Status(row), batch.Values(row));
            ours.Add(row);
        }

        return new(own, foreign, ours);
    }
}
