using TftPortal.Engine.Fleet;

namespace TftPortal.Api.Forecasts;

/// <summary>Keeps the document of the latest picture that somebody asked for: written when first asked for, once, and never for a picture that nobody reads.</summary>
internal sealed class PredictionsBoard(TimeProvider clock)
{
    private readonly string run = Guid.NewGuid().ToString("N")[..8];
    private readonly Lock writing = new();
    private PredictionsDocument? latest;

    /// <summary>The document of a picture.</summary>
    public PredictionsDocument Of(FleetOutlook picture)
    {
        if (Volatile.Read(ref latest) is { } known && ReferenceEquals(known.Picture, picture)) return known;
        lock (writing)
        {
            if (latest is null || !ReferenceEquals(latest.Picture, picture)) latest = PredictionsDocument.Write(picture, latest, clock.LocalTimeZone, run);
            return latest;
        }
    }
}
