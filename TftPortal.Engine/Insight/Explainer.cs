using System.Collections.Immutable;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;
using TftPortal.Engine.Risk;

namespace TftPortal.Engine.Insight;

/// <summary>Tells why a forecast is what it is: through the real encoder, network and odds, on the server's past as the picture has it. One call at a time.</summary>
internal sealed class Explainer(OnnxForecaster? model, Watchlist watchlist, AlertOptions options, StepGrid grid, TimeProvider clock) : IDisposable
{
    private const int Drivers = 2; // metrics beside the explained one that are held flat, each by itself

    private readonly OnnxProbe? probe = model?.Probe();
    private readonly BaselineForecaster baseline = new(grid, clock);

    /// <summary>Explains a metric of a server.</summary>
    /// <param name="server">As a picture has it.</param>
    /// <param name="asked">What of it.</param>
    /// <param name="alert">The alert that stands for it, whose threshold is explained then; null for the one that the rules would raise.</param>
    /// <param name="now">The time of the picture.</param>
    /// <returns>The explanation; null where the server's forecast has no such metric.</returns>
    public Explanation? Explain(ServerOutlook server, Gauge asked, Alert? alert, DateTimeOffset now)
    {
        if (server.Forecast.Of(asked.Metric) is not { } forecast) return null;
        var watch = watchlist.For(server.Server).FirstOrDefault(watch => watch.Gauge.Name == asked.Name);
        var gauge = (watch?.Gauge ?? asked) with { IsBelow = watch?.Gauge.IsBelow ?? false };
        var asks = new ExplainedForecast(server, gauge, forecast, options.LookAheadSteps(watch, grid), gauge.FreshOf(server.Server, grid, now), grid);
        var danger = DangerOf(asks, watch, alert);

        MetricPast[] pasts = [.. MetricCatalog.All.Select(metric => new MetricPast(server.Server, metric, grid, asks.FirstStep))];
        var canLook = forecast.Source == ForecastSource.Tft && probe?.Version == server.Forecast.ModelVersion;
        var (influences, focus) = canLook ? Influences(asks, pasts) : ([], null);
        var attention = AttentionReading.Of(focus?.Attention, grid, asks.FirstStep);
        var why = new Explanation
        {
            Server = server.Server.Name,
            Metric = gauge.Name,
            Source = forecast.Source,
            ModelVersion = forecast.Source == ForecastSource.Baseline ? baseline.Version : server.Forecast.ModelVersion,
            MadeAt = server.Forecast.MadeAt,
            FirstStep = server.Forecast.FirstStep,
            StepSeconds = grid.StepSeconds,
            Danger = danger is { } known ? asks.Told(known) : null,
            Expected = asks.Expected(forecast),
            Past = Weights(focus?.Past),
            Future = Weights(focus?.Future),
            Attention = attention.Spans,
            AttentionAhead = attention.Ahead,
            Moments = attention.Moments,
            Facts = [.. pasts.Where(known => known.IsSent).Select(known => known.Fact(HeadingOf(known.Metric.Metric, gauge)))],
            Influences = influences,
            Counterfactuals = CanHold(forecast, canLook) ? Held(asks, danger, pasts, influences) : [],
            Basis = WhyText.Basis(forecast.Source, server.Forecast.ModelVersion, focus is not null),
            Sentence = "",
        };
        return why with { Sentence = WhyText.Of(why, gauge) };
    }

    /// <inheritdoc/>
    public void Dispose() => probe?.Dispose();

    // What the network forecast can only be forecast otherwise by the same network.
    private static bool CanHold(MetricForecast forecast, bool canLook) => forecast.Source == ForecastSource.Baseline || canLook;

    private static Heading HeadingOf(Metric metric, Gauge gauge) => metric != gauge.Metric ? Heading.Either : gauge.IsInverted == gauge.IsBelow ? Heading.Up : Heading.Down;

    private Danger? DangerOf(ExplainedForecast asks, Watch? watch, Alert? alert)
    {
        if (alert is not null) return new Danger(alert.Severity, asks.Gauge.Shown((float)alert.Threshold), asks.Present, alert.Probability);
        if (watch is null) return null;
        var critical = Danger.Of(watch, AlertSeverity.Critical, asks.Present, asks.Server, grid, asks.Steps);
        return critical.IsBreaching || critical.Probability >= options.RaiseFrom(watch) ? critical : Danger.Of(watch, AlertSeverity.Warning, asks.Present, asks.Server, grid, asks.Steps);
    }

    private (ImmutableArray<Influence> Influences, NetworkFocus? Focus) Influences(ExplainedForecast asks, MetricPast[] pasts)
    {
        MetricDefinition[] others = [.. pasts.Where(known => known.IsSent && known.Metric.Metric != asks.Gauge.Metric).Select(known => known.Metric)];
        var server = asks.Server.Server;
        ServerSnapshot[] without = [.. others.Select(metric => server with { History = server.History.Held(metric.Metric, asks.FirstStep - InputShape.Week, asks.FirstStep, float.NaN) })];
        var (forecasts, focus) = probe!.Ask([server, .. without], asks.FirstStep);
        var with = forecasts[0].Of(asks.Gauge.Metric)!;
        return ([.. others.Zip(forecasts.Skip(1), (metric, forecast) => asks.InfluenceOf(metric, with, forecast.Of(asks.Gauge.Metric)!)).OrderByDescending(influence => influence.Size)], focus);
    }

    private ImmutableArray<Counterfactual> Held(ExplainedForecast asks, Danger? danger, MetricPast[] pasts, ImmutableArray<Influence> influences)
    {
        // The baseline looks at the metric alone.
        var held = influences.Take(Drivers).Select(influence => pasts.First(known => known.Metric.Name == influence.Metric)).Prepend(pasts[(int)asks.Gauge.Metric]);
        FlatPast[] flats = [.. held.Select(known => FlatPast.Of(asks.Server.Server, known, HeadingOf(known.Metric.Metric, asks.Gauge), asks.FirstStep)).Where(flat => !double.IsNaN(flat.Level))];
        if (flats.Length == 0) return []; // a server so new that nothing is known of before
        var forecasts = Forecast([.. flats.Select(flat => flat.Server)], asks);
        return
        [
            .. flats.Zip(forecasts, (flat, forecast) => new Counterfactual(
                flat.Metric.Name, flat.Since, flat.Level,
                danger is { } known ? ProbabilityOf(asks, known, flat, forecast) : null, asks.Expected(forecast.Of(asks.Gauge.Metric)!))),
        ];
    }

    private double ProbabilityOf(ExplainedForecast asks, Danger danger, FlatPast flat, ServerForecast forecast)
    {
        var isOwn = flat.Metric.Metric == asks.Gauge.Metric && !float.IsNaN(asks.Present);
        return Danger.ProbabilityOf(asks.Gauge, danger.Threshold, isOwn ? asks.Gauge.Read((float)flat.Level) : asks.Present, asks.Server with { Server = flat.Server, Forecast = forecast }, grid, asks.Steps);
    }

    private ServerForecast[] Forecast(ServerSnapshot[] servers, ExplainedForecast asks)
    {
        if (asks.Forecast.Source == ForecastSource.Tft) return probe!.Ask(servers, asks.FirstStep).Forecasts;
        var forecasts = new ServerForecast?[servers.Length];
        baseline.Forecast(servers, asks.FirstStep, forecasts, CancellationToken.None);
        return forecasts!;
    }

    private static ImmutableArray<VariableWeight> Weights(float[]? shares) => shares is null ? [] :
    [
        .. shares.Select((share, index) => new VariableWeight(index < MetricCatalog.Count ? MetricCatalog.All[index].Name : VariableWeight.Calendar, share))
            .Where(weight => weight.Share > 0).OrderByDescending(weight => weight.Share), // a metric that is not sent weighs nothing
    ];
}
