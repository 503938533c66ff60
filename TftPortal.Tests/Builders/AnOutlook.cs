using System.Collections.Frozen;
using System.Collections.Immutable;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Tests.Builders;

/// <summary>What is known of servers: of one, from what it reads and what is forecast of it; or a whole picture of made-up ones.</summary>
internal static class AnOutlook
{
    public static readonly Watchlist Watchlist = new(new ThresholdOptions());
    public static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 2, 30, TimeSpan.Zero);
    public static readonly StepGrid Grid = AWindow.Grid;

    /// <param name="reading">What it reads now.</param>
    /// <param name="forecast">What is forecast of it; nothing when left out.</param>
    public static ServerOutlook Of(AReading reading, AForecast? forecast = null) =>
        new(AWindow.Empty().With(reading.Time, reading).Snapshot(reading.Time).Servers.Single(), (forecast ?? AForecast.Of(reading.Server)).Made(), RiskScore.None);

    public static FleetOutlook Empty(DateTimeOffset? time = null) =>
        FleetOutlook.Empty(time ?? Noon, Grid, "test-1", new(0, 0, 0, 0, 0, 12));

    public static FleetOutlook Of(params AServer[] servers) => Of(1, Noon, servers);

    public static FleetOutlook Of(long sequence, DateTimeOffset time, params AServer[] servers) =>
        Of(sequence, time, servers.Select(server => server.Build(time))) with
        {
            Alerts = [.. servers.Where(server => server.Level >= RiskLevel.Warning).Select(server => server.Alert(time))],
        };

    public static FleetOutlook Of(long sequence, DateTimeOffset time, IEnumerable<ServerOutlook> servers)
    {
        var made = servers.OrderByDescending(server => server.Risk.Value).ThenBy(server => server.Server.Name, StringComparer.Ordinal).ToImmutableArray();
        return new()
        {
            Sequence = sequence,
            Time = time,
            Grid = Grid,
            FirstStep = Grid.StepOf(time) + 1,
            HorizonSteps = 96,
            ModelVersion = "test-1",
            Counts = new(sequence, made.Length * 288, made.Length, made.Count(server => server.Forecast.ModelType == ForecastSource.Tft), 288, 12),
            Servers = made,
            ByName = made.ToFrozenDictionary(server => server.Server.Name, StringComparer.Ordinal),
            Alerts = [],
            Health = FleetScorer.Score([.. made.Select(server => server.Risk)]),
        };
    }
}
