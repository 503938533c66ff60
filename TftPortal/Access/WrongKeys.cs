namespace TftPortal.Access;

/// <summary>Addresses that sent keys that do not open: none of ours, revoked, expired, or from a network that is not theirs.</summary>
internal sealed class WrongKeys(TimeProvider clock)
{
    /// <summary>Where they are counted: no path, since these have a window of their own.</summary>
    public const string Route = "(wrong keys)";

    /// <summary>How many each address sent within the last hour.</summary>
    public HourBook Book { get; } = new(clock);
}
