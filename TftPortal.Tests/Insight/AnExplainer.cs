using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;
using TftPortal.Engine.Insight;
using TftPortal.Engine.Risk;
using TftPortal.Settings;

namespace TftPortal.Tests.Insight;

/// <summary>An explainer with the model that the product ships, or with none, and what it is asked about.</summary>
internal sealed class AnExplainer : IDisposable
{
    private readonly OnnxForecaster? model;
    private readonly Explainer explainer;

    public AnExplainer(bool withModel = true, TimeProvider? clock = null)
    {
        model = withModel ? new(Path.Combine(PortalFolders.FindRoot(AppContext.BaseDirectory), "models", "default"), AWindow.Grid, TimeProvider.System) : null;
        explainer = new(model, AnOutlook.Watchlist, new(), AWindow.Grid, clock ?? TimeProvider.System);
    }

    public OnnxForecaster Model => model!;

    public Explainer Explainer => explainer;

    /// <summary>A server with its forecast and risk, as a picture at noon has it.</summary>
    public ServerOutlook Outlook(AHistory history) => Outlook(history.Snapshot());

    /// <summary>The same of a server that a window has.</summary>
    public ServerOutlook Outlook(ServerSnapshot server)
    {
        var forecast = new FleetForecaster(new(AWindow.Grid, TimeProvider.System), model).Forecast([server], AWindow.Grid.StepOf(AReading.Noon), CancellationToken.None)[0];
        return new(server, forecast, new RiskScorer(AnOutlook.Watchlist, AWindow.Grid).Score(server, forecast, AReading.Noon));
    }

    public Explanation? Explain(AHistory history, string measure, Alert? alert = null)
    {
        Assert.True(Gauge.TryFind(measure, out var gauge));
        return explainer.Explain(Outlook(history), gauge, alert, AReading.Noon);
    }

    public void Dispose()
    {
        explainer.Dispose();
        model?.Dispose();
    }
}
