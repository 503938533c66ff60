using System.Collections.Immutable;

namespace TftPortal.Engine.Alerts;

/// <summary>One thing wrong with an order.</summary>
/// <param name="Field">Which field, as on the wire.</param>
/// <param name="Reason">The value, and what is allowed.</param>
public sealed record OrderFault(string Field, string Reason);

/// <summary>What became of an order.</summary>
/// <param name="Id">Of what it made or changed.</param>
/// <param name="Faults">Why nothing was done; empty where it was done.</param>
/// <param name="IsUnknown">Whether that is because there is no such thing.</param>
public sealed record OrderAnswer(Guid Id, ImmutableArray<OrderFault> Faults, bool IsUnknown = false)
{
    /// <summary>Whether it was done; it is on disk then.</summary>
    public bool IsDone => Faults.IsEmpty;

    internal static OrderAnswer Done(Guid id) => new(id, []);

    internal static OrderAnswer Refused(IEnumerable<OrderFault> faults) => new(Guid.Empty, [.. faults]);

    internal static OrderAnswer Unknown(string what, Guid id) => new(id, [new("id", $"There is no {what} {id}.")], IsUnknown: true);
}

/// <summary>An order could not be written down, and was therefore not done; its message says why, for an operator.</summary>
/// <param name="message">Why.</param>
/// <param name="cause">What was caught.</param>
public sealed class OrderNotKeptException(string message, Exception? cause = null) : Exception(message, cause);
