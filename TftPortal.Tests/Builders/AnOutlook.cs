using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Tests.Builders;

/// <summary>A server in the picture: what it reads now, and what is forecast of it.</summary>
internal static class AnOutlook
{
    public static readonly Watchlist Watchlist = new(new ThresholdOptions());

    /// <param name="reading">What it reads now.</param>
    /// <param name="forecast">What is forecast of it; nothing when left out.</param>
    public static ServerOutlook Of(AReading reading, AForecast? forecast = null) =>
        new(AWindow.Empty().With(reading.Time, reading).Snapshot(reading.Time).Servers.Single(), (forecast ?? AForecast.Of(reading.Server)).Made(), RiskScore.None);
}
