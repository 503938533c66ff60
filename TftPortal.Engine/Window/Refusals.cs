using System.Globalization;

namespace TftPortal.Engine.Window;

/// <summary>Why the window does not take a reading, and what is allowed, in words.</summary>
internal sealed class Refusals(WindowLimits limits)
{
    /// <summary>Its time is ahead of this clock.</summary>
    public string AheadOf(double milliseconds) => string.Create(CultureInfo.InvariantCulture,
        $"is {TimeSpan.FromMilliseconds(milliseconds).TotalMinutes:0.##} minutes ahead of this clock; at most {limits.MaxAhead.TotalMinutes:0.##} minutes are allowed (Engine:MaxAheadMinutes)");

    /// <summary>Its time is past the memory.</summary>
    public string OlderBy(double milliseconds) => string.Create(CultureInfo.InvariantCulture,
        $"is {TimeSpan.FromMilliseconds(milliseconds).TotalDays:0.##} days old; at most {limits.Memory.TotalDays:0.##} days are allowed (Engine:MemoryDays)");

    /// <summary>Its server is one too many.</summary>
    public string Full() => string.Create(CultureInfo.InvariantCulture,
        $"is a new server, and the window already holds the {limits.MaxServers:N0} that it may (Engine:MaxServers)");
}
