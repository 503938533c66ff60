using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Alerts;

/// <summary>An alert while it lasts, and since when its threshold, and the critical one, have been out of reach.</summary>
/// <param name="Alert">As it shows.</param>
/// <param name="CriticalQuietSince">Since when the critical threshold is out of reach; null while it is not.</param>
/// <param name="QuietSince">Since when the warning threshold is out of reach too; null while it is not.</param>
internal sealed record Episode(Alert Alert, DateTimeOffset? CriticalQuietSince, DateTimeOffset? QuietSince);
