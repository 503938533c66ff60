namespace TftPortal.Notifications.Delivery;

/// <summary>What became of one attempt to deliver.</summary>
internal enum OutcomeKind
{
    Delivered,

    /// <summary>Not now: it is tried again.</summary>
    TryAgain,

    /// <summary>Never: the receiver says that this very message is wrong, and what comes after it shall not wait.</summary>
    Refused,
}

/// <summary>What became of one attempt to deliver.</summary>
/// <param name="Kind">In a word.</param>
/// <param name="Fault">Why not, for an admin; empty where it was delivered, but for what of it was not. Never a secret.</param>
/// <param name="RetryAfter">How long the receiver asks to be left alone; null where it doesn't.</param>
internal sealed record Outcome(OutcomeKind Kind, string Fault, TimeSpan? RetryAfter = null)
{
    public static Outcome Delivered { get; } = new(OutcomeKind.Delivered, "");

    public static Outcome DeliveredBut(string fault) => new(OutcomeKind.Delivered, fault);

    public static Outcome TryAgain(string fault, TimeSpan? after = null) => new(OutcomeKind.TryAgain, fault, after);

    public static Outcome Refused(string fault) => new(OutcomeKind.Refused, fault);
}
