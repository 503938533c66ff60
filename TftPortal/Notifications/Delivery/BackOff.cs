using System.Buffers.Binary;

namespace TftPortal.Notifications.Delivery;

/// <summary>How long to wait after a failed attempt.</summary>
internal static class BackOff
{
    /// <summary>The longest that a receiver's Retry-After is heeded.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    private const double Jitter = 0.2; // give or take: many channels that failed together shall not come back together

    /// <summary>How long to wait.</summary>
    /// <param name="options">The first wait and the longest.</param>
    /// <param name="delivery">Whose attempt it was: the jitter comes from its id, so that a run can be repeated.</param>
    /// <param name="attempts">How many there were, this one counted.</param>
    /// <param name="retryAfter">What the receiver asked for.</param>
    public static TimeSpan After(NotificationOptions options, Guid delivery, int attempts, TimeSpan? retryAfter)
    {
        var seconds = Math.Min(options.MaxRetrySeconds, options.RetrySeconds * Math.Pow(2, Math.Min(attempts - 1, 20)));
        Span<byte> id = stackalloc byte[16];
        delivery.TryWriteBytes(id);
        var dice = unchecked((BinaryPrimitives.ReadUInt32LittleEndian(id[12..]) * 2654435761u) + ((uint)attempts * 40503u)) / (double)uint.MaxValue;
        var wait = TimeSpan.FromSeconds(seconds * (1 - Jitter + (2 * Jitter * dice)));
        if (retryAfter is not { } asked || asked <= wait) return wait;
        return asked < LongestRetryAfter ? asked : LongestRetryAfter;
    }
}
