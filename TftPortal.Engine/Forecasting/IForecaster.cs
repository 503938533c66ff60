using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Forecasting;

/// <summary>Forecasts the coming steps of servers from their histories. One call at a time.</summary>
internal interface IForecaster
{
    /// <summary>Version of what forecasts: the model's, or the baseline's.</summary>
    string Version { get; }

    /// <summary>Whether this forecaster can answer for a server: enough observed steps before the first one to forecast.</summary>
    bool CanForecast(ServerSnapshot server, long firstStep);

    /// <summary>Forecasts servers for which <see cref="CanForecast"/> holds.</summary>
    /// <param name="servers">The servers; readings at or after <paramref name="firstStep"/> are not looked at.</param>
    /// <param name="firstStep">The first step to forecast.</param>
    /// <param name="forecasts">Receives one forecast a server, in order.</param>
    /// <param name="stop">Ends the call between two batches.</param>
    void Forecast(IReadOnlyList<ServerSnapshot> servers, long firstStep, Span<ServerForecast?> forecasts, CancellationToken stop);
}
