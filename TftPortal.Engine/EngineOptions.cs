using System.ComponentModel.DataAnnotations;

namespace TftPortal.Engine;

/// <summary>The settings <c>Engine:*</c>.</summary>
public sealed class EngineOptions
{
    /// <summary>Length of a step of the time grid, seconds.</summary>
    /// <value>From 1 to 3600; 300 by default, what the default model was trained on.</value>
    [Range(1, 3600)]
    public int StepSeconds { get; set; } = 300;

    /// <summary>How often the servers whose window changed are forecast again, seconds.</summary>
    /// <value>From 1 to 3600; 30 by default.</value>
    [Range(1, 3600)]
    public int ForecastSeconds { get; set; } = 30;

    /// <summary>How old a picture may become before it is called stale: three cycles without one are no accident.</summary>
    public TimeSpan StaleAfter() => TimeSpan.FromSeconds(3 * ForecastSeconds);

    /// <summary>How many servers the window takes; a reading of a further name is refused.</summary>
    /// <value>From 1 to 1,000,000; 10,000 by default.</value>
    [Range(1, 1_000_000)]
    public int MaxServers { get; set; } = 10_000;

    /// <summary>How far back the window remembers, days; older readings are refused.</summary>
    /// <value>From 1 to 14; 7 by default, what the model's inputs need.</value>
    [Range(1, 14)]
    public int MemoryDays { get; set; } = 7;

    /// <summary>How far ahead of this clock a reading may be, minutes.</summary>
    /// <value>From 0 to 60; 10 by default.</value>
    [Range(0, 60)]
    public int MaxAheadMinutes { get; set; } = 10;

    /// <summary>How long a server may be silent before it leaves the window and the counts, hours.</summary>
    /// <value>From 1 to 336; 24 by default.</value>
    [Range(1, 336)]
    public int ForgetSilentHours { get; set; } = 24;

    /// <summary>The folder of the model in use, absolute or beside <c>appsettings.json</c>.</summary>
    /// <value><c>models/default</c> by default.</value>
    [Required]
    public string ModelFolder { get; set; } = "models/default";
}
