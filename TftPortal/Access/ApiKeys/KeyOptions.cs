using System.ComponentModel.DataAnnotations;

namespace TftPortal.Access.ApiKeys;

/// <summary>The settings <c>Keys:*</c>.</summary>
internal sealed class KeyOptions
{
    /// <summary>How long a key lives whose maker does not say, days; at most <see cref="MaxDays"/>.</summary>
    /// <value>From 1 to 3,650; 365 by default.</value>
    [Range(1, 3650)]
    public int DefaultDays { get; set; } = 365;

    /// <summary>How long any key may live, days.</summary>
    /// <value>From 1 to 3,650; 730 by default.</value>
    [Range(1, 3650)]
    public int MaxDays { get; set; } = 730;

    /// <summary>How long the old secret works beside the new one after a rotation, where whoever rotates does not say, hours.</summary>
    /// <value>From 0 to 720; 24 by default.</value>
    [Range(0, 720)]
    public int GraceHours { get; set; } = 24;

    /// <summary>The file of the pepper, without which the database's digests are worth nothing; made with mode 0600 where there is none.</summary>
    /// <value>Absolute, or in the data folder; <c>keys.pepper</c> by default.</value>
    [Required]
    public string PepperFile { get; set; } = "keys.pepper";
}
