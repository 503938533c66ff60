using System.Collections.Frozen;
using System.Globalization;

namespace TftPortal.Engine.History;

/// <summary>A stretch of the past.</summary>
/// <param name="From">Its start.</param>
/// <param name="To">Its end; what is asked for lies before it.</param>
public sealed record HistoryRange(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Points that a chart of a range has at most; then they are of longer times.</summary>
    public const int MostPoints = 340;

    /// <summary>The ranges that have names: 30m, 1h, 8h, 1d, 1w, 1M (30 days).</summary>
    public static FrozenDictionary<string, TimeSpan> Names { get; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal)
    {
        ["30m"] = TimeSpan.FromMinutes(30),
        ["1h"] = TimeSpan.FromHours(1),
        ["8h"] = TimeSpan.FromHours(8),
        ["1d"] = TimeSpan.FromDays(1),
        ["1w"] = TimeSpan.FromDays(7),
        ["1M"] = TimeSpan.FromDays(30),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly TimeSpan[] Buckets = [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromDays(1), TimeSpan.FromDays(7)];

    /// <summary>How long it is.</summary>
    public TimeSpan Length => To - From;

    /// <summary>How long the time is that a point of a chart stands for: at least a step, so that there are at most <see cref="MostPoints"/>.</summary>
    /// <param name="step">Length of a step.</param>
    public TimeSpan BucketOf(TimeSpan step)
    {
        if (Length <= step * MostPoints) return step;
        return Array.Find(Buckets, bucket => bucket > step && Length <= bucket * MostPoints) is var found && found > TimeSpan.Zero ? found : Buckets[^1];
    }

    /// <summary>The days that it touches, UTC.</summary>
    internal (DateOnly First, DateOnly Last) Days => (DateOnly.FromDateTime(From.UtcDateTime), DateOnly.FromDateTime(To.UtcDateTime));

    /// <summary>Reads what a client asked for.</summary>
    /// <param name="range">One of <see cref="Names"/>, up to now; null where <paramref name="from"/> says.</param>
    /// <param name="from">ISO 8601; without an offset it is UTC.</param>
    /// <param name="to">The same; null for now.</param>
    /// <param name="now">The time.</param>
    /// <param name="kept">How far back anything is kept: <c>History:HourlyDays</c>. A range is at most a day longer.</param>
    /// <param name="fault">What is wrong.</param>
    /// <returns>The range, a day up to now where nothing is said; null where something is wrong.</returns>
    public static HistoryRange? Read(string? range, string? from, string? to, DateTimeOffset now, TimeSpan kept, out HistoryRangeFault? fault)
    {
        fault = null;
        if (range is not null && (from ?? to) is not null) return Refuse(out fault, "range", range, "either range, or from and to, and not both");
        if (from is null && to is not null) return Refuse(out fault, "to", to, "to only beside from");
        if (from is null)
        {
            if (Names.TryGetValue(range ?? "1d", out var length)) return new(now - length, now);
            return Refuse(out fault, "range", range!, $"one of {string.Join(", ", Names.OrderBy(name => name.Value).Select(name => name.Key))}");
        }

        if (!TryTime(from, out var start)) return Refuse(out fault, "from", from, "an ISO 8601 time such as 2026-11-24T08:00:00Z");
        var end = now;
        if (to is not null && !TryTime(to, out end)) return Refuse(out fault, "to", to, "an ISO 8601 time such as 2026-11-24T08:00:00Z");
        if (start >= end) return Refuse(out fault, "from", from, "a time before to");
        return end - start <= kept + TimeSpan.FromDays(1) ? new(start, end) : Refuse(out fault, "from", from, string.Create(CultureInfo.InvariantCulture, $"a range of at most {kept.TotalDays:0} days (History:HourlyDays)"));
    }

    private static HistoryRange? Refuse(out HistoryRangeFault? fault, string field, string value, string allowed)
    {
        fault = new(field, value, allowed);
        return null;
    }

    private static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time)
        && time.Year is >= 1971 and < 9000; // what a time may be moved by stays a time
}

/// <summary>What is wrong with the range that was asked for.</summary>
/// <param name="Field">The parameter.</param>
/// <param name="Value">What it was.</param>
/// <param name="Allowed">What it may be.</param>
public sealed record HistoryRangeFault(string Field, string Value, string Allowed);
