using System.ComponentModel.DataAnnotations;

namespace TftPortal.Settings;

/// <summary>The settings <c>Data:*</c>.</summary>
internal sealed class DataOptions
{
    /// <summary>The folder of everything that the product writes; <c>TFT_DATA_DIR</c> overrides it.</summary>
    /// <value>Absolute, or beside <c>appsettings.json</c>; <c>data</c> by default.</value>
    [Required]
    public string Folder { get; set; } = "data";

    /// <summary>The window's state file; <c>PERSISTENCE_FILE</c> overrides it.</summary>
    /// <value>Absolute, or in the data folder; <c>inference_rolling_window.parquet</c> by default.</value>
    [Required]
    public string PersistenceFile { get; set; } = "inference_rolling_window.parquet";
}
