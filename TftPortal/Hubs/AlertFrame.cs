using System.Runtime.CompilerServices;
using TftPortal.Engine.Fleet;

namespace TftPortal.Hubs;

/// <summary>An active alert.</summary>
/// <param name="Id">Its identity, which it keeps over restarts.</param>
/// <param name="IncidentId">The incident that it belongs to.</param>
/// <param name="Server">On which server.</param>
/// <param name="Metric">Of what: a metric's name on the wire, or <c>cpu_used_pct</c>.</param>
/// <param name="Severity"><c>warning</c> or <c>critical</c>.</param>
/// <param name="State"><c>predicted</c> or <c>breaching</c>.</param>
/// <param name="Threshold">In the metric's unit.</param>
/// <param name="Probability">0–1.</param>
/// <param name="StartedAt">When it was raised.</param>
/// <param name="BreachAt">About when the threshold is reached, or since when it is.</param>
/// <param name="AcknowledgedBy">Who has taken it; null for nobody.</param>
/// <param name="IsSilenced">Whether it is kept from being sent.</param>
/// <param name="Message">In a sentence.</param>
public sealed record AlertFrame(
    Guid Id, Guid IncidentId, string Server, string Metric, string Severity, string State, double Threshold, double Probability, DateTimeOffset StartedAt, DateTimeOffset BreachAt, string? AcknowledgedBy, bool IsSilenced, string Message)
{
    private static readonly ConditionalWeakTable<FleetOutlook, IReadOnlyList<AlertFrame>> Made = [];

    /// <summary>The frames of a picture's alerts; the same objects for everybody who follows them.</summary>
    public static IReadOnlyList<AlertFrame> Of(FleetOutlook picture) => Made.GetValue(picture, one => [.. one.Alerts.Select(Of)]);

    private static AlertFrame Of(Alert alert) => new(
        alert.Id, alert.IncidentId, alert.Server, alert.Metric, alert.Severity.ToString().ToLowerInvariant(), alert.State.ToString().ToLowerInvariant(),
        alert.Threshold, alert.Probability, alert.StartedAt, alert.BreachAt, alert.AcknowledgedBy, alert.IsHushed, alert.Message);
}
