using System.ComponentModel.DataAnnotations;

namespace TftPortal.Engine.History;

/// <summary>The settings <c>History:*</c>: how long what was is kept, and what asking for it may cost.</summary>
public sealed class HistoryOptions
{
    /// <summary>How long every step of every server is kept: days that have readings, so that a clock which is wrong forgets nothing.</summary>
    /// <value>From 1 to 3,650; 90 by default.</value>
    [Range(1, 3_650)]
    public int StepDays { get; set; } = 90;

    /// <summary>How long the hours of every server, the alerts and the fleet's figures are kept: days that have readings.</summary>
    /// <value>From 1 to 3,650, at least <see cref="StepDays"/>; 400 by default.</value>
    [Range(1, 3_650)]
    public int HourlyDays { get; set; } = 400;

    /// <summary>How much memory one question may take before it goes on on disk, MiB.</summary>
    /// <value>From 64 to 65,536; 512 by default.</value>
    [Range(64, 65_536)]
    public int MemoryMegabytes { get; set; } = 512;

    /// <summary>How many cores one question may use.</summary>
    /// <value>From 1 to 256; 2 by default.</value>
    [Range(1, 256)]
    public int Threads { get; set; } = 2;

    /// <summary>How many questions are answered at once; further ones wait.</summary>
    /// <value>From 1 to 64; 2 by default.</value>
    [Range(1, 64)]
    public int Questions { get; set; } = 2;

    /// <summary>How long one question may take, seconds; exports are not bound by it.</summary>
    /// <value>From 1 to 3,600; 30 by default.</value>
    [Range(1, 3_600)]
    public int DeadlineSeconds { get; set; } = 30;
}

/// <summary>Where the past is kept on disk; registered by whoever wants that.</summary>
/// <param name="Folder">The folder, absolute: in the portal <c>history</c> in the data folder.</param>
public sealed record HistoryPlace(string Folder);
