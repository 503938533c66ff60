using System.Globalization;
using System.IO.Hashing;
using System.Text;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.State;

/// <summary>A state file's key-value metadata: the old daemon's four, and ours.</summary>
/// <param name="Tick">Batches applied since the first start.</param>
/// <param name="Time">When the window was so.</param>
/// <param name="Grid">The time grid.</param>
/// <param name="Sequence">The journal's last batch that was applied to it.</param>
/// <param name="Servers">How many servers the file has.</param>
internal sealed record SnapshotMetadata(long Tick, DateTimeOffset Time, StepGrid Grid, long Sequence, int Servers)
{
    public const string FormatVersion = "format_version";
    public const string TickCount = "tick_count";
    public const string ServerTimesteps = "server_timesteps";
    public const string Timestamp = "timestamp";
    public const string StepSeconds = "step_seconds";
    public const string LastSequence = "last_sequence";
    public const string ServerCount = "servers";
    public const string Hash = "metadata_hash";

    private static readonly string[] Hashed = [FormatVersion, TickCount, ServerTimesteps, Timestamp, StepSeconds, LastSequence, ServerCount];

    /// <summary>Reads and checks it.</summary>
    /// <exception cref="InvalidDataException">It is not as it was written, or of another format.</exception>
    public static SnapshotMetadata From(IReadOnlyDictionary<string, string> metadata)
    {
        if (Hashed.Append(Hash).FirstOrDefault(key => !metadata.ContainsKey(key)) is { } missing) throw new InvalidDataException($"the metadata lacks {missing}");
        if (metadata[FormatVersion] != SnapshotLayout.Version) throw new InvalidDataException($"the format is {metadata[FormatVersion]}; this version reads {SnapshotLayout.Version}");
        if (metadata[Hash] != HashOf(metadata)) throw new InvalidDataException("the metadata is not as it was written");
        var grid = new StepGrid((int)Number(metadata[StepSeconds]));
        return new(
            Number(metadata[TickCount]), DateTimeOffset.Parse(metadata[Timestamp], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind), grid,
            Number(metadata[LastSequence]), (int)Number(metadata[ServerCount]));
    }

    /// <summary>XXH3 of the other values, so that a file that another program reads is known to be as it was written.</summary>
    public static string HashOf(IReadOnlyDictionary<string, string> metadata) =>
        XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(string.Join('\n', Hashed.Select(key => metadata[key])))).ToString("x16", CultureInfo.InvariantCulture);

    private static long Number(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
