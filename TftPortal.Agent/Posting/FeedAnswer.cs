namespace TftPortal.Agent.Posting;

/// <summary>What is to be done after a post.</summary>
internal enum FeedOutcome
{
    /// <summary>The portal has decided on every record of the batch: it leaves the buffer.</summary>
    Settled,
    /// <summary>The batch is more than the portal takes in one body: try half of it.</summary>
    TooLarge,
    /// <summary>The portal is away or busy: the batch waits, the next try is soon.</summary>
    Unavailable,
    /// <summary>The key or the address is wrong: the batch waits for somebody to put it right.</summary>
    Denied,
}

/// <summary>What became of a post.</summary>
/// <param name="Outcome">What is to be done.</param>
/// <param name="Message">What happened, in words; empty where all went well.</param>
/// <param name="RetryAfter">How long the portal asks to wait; null where it does not say.</param>
/// <param name="Report">What the answer says of single records.</param>
internal sealed record FeedAnswer(FeedOutcome Outcome, string Message, TimeSpan? RetryAfter, FeedReport Report);
