using System.Collections.Immutable;
using TftPortal.Notifications.Channels;

namespace TftPortal.Notifications;

/// <summary>What became of a change of channels, routes or deliveries.</summary>
/// <param name="Id">Of what was changed; null where nothing was.</param>
/// <param name="Problem">Why nothing was changed; null where it was.</param>
/// <param name="IsUnknown">Whether that is because there is no such thing.</param>
/// <param name="Faults">What is wrong with the wish, by field.</param>
internal sealed record Change(string? Id, string? Problem, bool IsUnknown, ImmutableArray<WishFault> Faults)
{
    public static Change Done(string id) => new(id, null, IsUnknown: false, []);

    public static Change Conflict(string problem) => new(null, problem, IsUnknown: false, []);

    public static Change Unknown(string what, string id) => new(null, $"There is no {what} {id}.", IsUnknown: true, []);

    public static Change Wrong(ImmutableArray<WishFault> faults) => new(null, null, IsUnknown: false, faults);
}
