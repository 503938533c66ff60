using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Forecasting;

/// <summary>
/// Forecasts every server of a picture: by the network where it can, else by the baseline, which also fills the metrics that the network leaves out.
/// A forecast is kept while neither the server nor the first step to forecast changed.
/// </summary>
/// <param name="baseline">Answers for every server.</param>
/// <param name="model">The network, or null while there is none.</param>
/// <param name="guard">Says where the network has lost against the baseline; null where it is never judged.</param>
internal sealed class FleetForecaster(BaselineForecaster baseline, IForecaster? model, ForecastGuard? guard = null)
{
    private Dictionary<string, ServerForecast> kept = new(StringComparer.Ordinal);
    private string keptVersion = "";
    private long keptFirstStep;

    /// <summary>Version of the network in use, or of the baseline while there is none.</summary>
    public string ModelVersion => (model ?? baseline).Version;

    /// <summary>Forecasts the servers.</summary>
    /// <param name="servers">The servers of the picture; what is kept of others is let go.</param>
    /// <param name="firstStep">The first step to forecast.</param>
    /// <param name="stop">Ends the call between two batches.</param>
    /// <returns>One forecast a server, in order.</returns>
    public ImmutableArray<ServerForecast> Forecast(ImmutableArray<ServerSnapshot> servers, long firstStep, CancellationToken stop)
    {
        var version = ModelVersion;
        if (firstStep != keptFirstStep || version != keptVersion) kept.Clear();
        (keptFirstStep, keptVersion) = (firstStep, version);

        var forecasts = new ServerForecast?[servers.Length];
        List<int> byModel = [], byBaseline = [];
        for (var index = 0; index < servers.Length; index++)
        {
            if (kept.TryGetValue(servers[index].Name, out var old) && old.Revision == servers[index].Revision) forecasts[index] = old;
            else (model?.CanForecast(servers[index], firstStep) == true ? byModel : byBaseline).Add(index);
        }

        if (model is not null) Ask(model, servers, byModel, firstStep, forecasts, stop);
        foreach (var index in byModel) forecasts[index] = Guarded(Filled(forecasts[index]!, servers[index], firstStep), servers[index], firstStep);
        Ask(baseline, servers, byBaseline, firstStep, forecasts, stop);

        var complete = ImmutableArray.Create(forecasts!)!;
        kept = complete.ToDictionary(forecast => forecast!.Server, forecast => forecast!, StringComparer.Ordinal);
        return complete!;
    }

    private static void Ask(
        IForecaster forecaster, ImmutableArray<ServerSnapshot> servers, List<int> which, long firstStep, ServerForecast?[] forecasts, CancellationToken stop)
    {
        if (which.Count == 0) return;
        var answers = new ServerForecast?[which.Count];
        forecaster.Forecast([.. which.Select(index => servers[index])], firstStep, answers, stop);
        for (var answer = 0; answer < answers.Length; answer++)
        {
            forecasts[which[answer]] = answers[answer]
                ?? throw new InvalidOperationException($"{forecaster.Version} gave no forecast for {servers[which[answer]].Name}.");
        }
    }

    private ServerForecast Filled(ServerForecast forecast, ServerSnapshot server, long firstStep)
    {
        if (!forecast.Metrics.Contains(null)) return forecast;
        return forecast with
        {
            Metrics = [.. MetricCatalog.All.Select(metric => forecast.Of(metric.Metric) ?? baseline.Forecast(server, metric.Metric, firstStep))],
        };
    }

    // Where the baseline answers for most of the metrics, the forecast is called its: a baseline is never called TFT.
    private ServerForecast Guarded(ServerForecast forecast, ServerSnapshot server, long firstStep)
    {
        if (guard?.Of(server.Name) is not { } metrics || metrics == 0) return forecast;
        var (answers, replaced) = (forecast.Metrics.ToBuilder(), new MetricForecast?[MetricCatalog.Count]);
        for (var metric = 0; metric < MetricCatalog.Count; metric++)
        {
            if ((metrics & (1 << metric)) == 0 || answers[metric] is not { Source: ForecastSource.Tft } own || baseline.Forecast(server, (Metric)metric, firstStep) is not { } simple) continue;
            (answers[metric], replaced[metric]) = (simple, own);
        }

        var byNetwork = answers.Count(answer => answer?.Source == ForecastSource.Tft);
        var byBaseline = answers.Count(answer => answer?.Source == ForecastSource.Baseline);
        return forecast with { Metrics = answers.DrainToImmutable(), Replaced = [.. replaced], ModelType = byNetwork >= byBaseline ? forecast.ModelType : ForecastSource.Baseline };
    }
}
