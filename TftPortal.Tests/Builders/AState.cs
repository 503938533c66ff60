using TftPortal.Engine.State;

namespace TftPortal.Tests.Builders;

/// <summary>Reports of the state on disk, as the engine gives them.</summary>
internal static class AState
{
    /// <summary>Two generations saved, the last start read its journal to the end, nothing wrong.</summary>
    public static StateReport Good(DateTimeOffset now) => StateReport.Nothing with
    {
        Generations = [Generation(42, now.AddMinutes(-3)), Generation(41, now.AddMinutes(-8)) with { File = "inference_rolling_window.parquet.previous" }],
        Journal = new(1_204, 3_481_600, 90_211, 91_414),
        Replay = new(318, 6_360, 0, TimeSpan.FromMilliseconds(41), "The journal ended with its last batch."),
    };

    /// <summary>Nothing could be read but the journal, and everything that the page has a place for.</summary>
    public static StateReport Bad(DateTimeOffset now) => Good(now) with
    {
        Health = StateHealth.JournalOnly,
        Message = "Neither inference_rolling_window.parquet nor its previous generation could be read: the state is what the journal held.",
        Replay = new(12, 240, 1, TimeSpan.FromSeconds(1.25), "Batch 90,223 is damaged: its checksum is not that of its bytes."),
        Migrations =
        [
            new("inference_rolling_window.pkl", "pickle", now.AddMinutes(-9), 20, 5_760, 3, null),
            new("old-window.parquet", "parquet 1.0", now.AddMinutes(-9), 0, 0, 0, "it has no column server_name."),
            new("inference_rolling_window.parquet", "parquet 1.0", now.AddMinutes(-8), 20, 5_760, 0, null, "inference_rolling_window.parquet.migrated-20261124T071502000Z"),
        ],
        SetAside = [SetAside(now)],
        Clocks = [new("web-07", TimeSpan.FromHours(2), now.AddSeconds(-40), 124)],
    };

    public static SetAsideFile SetAside(DateTimeOffset now) =>
        new("inference_rolling_window.parquet.damaged-20261124T071502Z", now.AddMinutes(-9), 183_000, "its hash is not the one that the journal knows.");

    public static SavedGeneration Generation(long number, DateTimeOffset at) =>
        new("inference_rolling_window.parquet", number, 91_414, 91_414, 20, 57_600, at, 1_840_000, TimeSpan.FromMilliseconds(12.4), new('a', 32));
}
