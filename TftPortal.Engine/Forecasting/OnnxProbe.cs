using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Forecasting;

/// <summary>
/// Asks the network beside the loop, on the loop's own session: what it would forecast of a few servers, and what it looks at. With the further outputs bound, which the graph computes anyway;
/// few servers go through a batch of 4, as in the loop, more through one that takes a server without each of its metrics in turn. One call at a time.
/// </summary>
internal sealed class OnnxProbe(OnnxPass few, OnnxPass many, string version) : IDisposable
{
    /// <summary>Servers of a small question.</summary>
    public const int Few = 4;

    /// <summary>How many servers one question may be about.</summary>
    public const int Size = MetricCatalog.Count + 1;

    /// <summary>Version of the network.</summary>
    public string Version => version;

    /// <summary>Asks.</summary>
    /// <param name="servers">1 to <see cref="Size"/> servers.</param>
    /// <param name="firstStep">The first step to forecast.</param>
    /// <returns>A forecast a server, and what the network looked at for the first; null where the graph does not tell.</returns>
    public (ServerForecast[] Forecasts, NetworkFocus? Focus) Ask(IReadOnlyList<ServerSnapshot> servers, long firstStep)
    {
        var pass = servers.Count <= Few ? few : many;
        var forecasts = new ServerForecast?[servers.Count];
        pass.Run(servers, 0, servers.Count, firstStep, forecasts);
        return ([.. forecasts.Select(forecast => forecast!)], pass.Focus(0));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        few.Dispose();
        many.Dispose();
    }
}
