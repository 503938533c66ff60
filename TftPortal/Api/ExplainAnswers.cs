using System.Globalization;
using TftPortal.Api.Shapes;
using TftPortal.Engine.Fleet;

namespace TftPortal.Api;

/// <summary>Explanations and evidence in the shapes of the API.</summary>
internal static class ExplainAnswers
{
    public static ExplanationAnswer Of(Explanation why) => new()
    {
        Server = why.Server,
        Metric = why.Metric,
        Sentence = why.Sentence,
        Basis = why.Basis,
        ModelType = Source(why.Source),
        ModelVersion = why.ModelVersion,
        MadeAt = why.MadeAt.ToUniversalTime(),
        FirstStep = why.FirstStep.ToUniversalTime(),
        StepSeconds = why.StepSeconds,
        Danger = why.Danger is { } danger ? new(Severity(danger.Severity), danger.Threshold, danger.IsBelow, danger.LookAheadMinutes, Share(danger.Probability), danger.IsBreaching, danger.At) : null,
        Expected = Of(why.Expected),
        PastWeights = [.. why.Past.Select(weight => new VariableWeightShape(weight.Variable, Share(weight.Share)))],
        FutureWeights = [.. why.Future.Select(weight => new VariableWeightShape(weight.Variable, Share(weight.Share)))],
        Attention = new(
            [.. why.Attention.Select(span => new AttentionSpanShape(span.From, span.To, Share(span.Share)))], Share(why.AttentionAhead),
            [.. why.Moments.Select(moment => new AttentionMomentShape(moment.Words, moment.From, moment.To, Share(moment.Share)))]),
        Facts = [.. why.Facts.Select(fact => new MetricFactShape(fact.Metric, Level(fact.Level), Level(fact.SlopePerHour), fact.Since, Level(fact.PerHour), Level(fact.Yesterday)))],
        Influences = [.. why.Influences.Select(influence => new InfluenceShape(influence.Metric, Level(influence.Shift)!.Value, Share(influence.Size)))],
        Counterfactuals = [.. why.Counterfactuals.Select(held => new CounterfactualShape(held.Metric, held.Since, Level(held.Level)!.Value, held.Probability is { } known ? Share(known) : null, Of(held.Expected)))],
    };

    public static EvidenceAnswer Of(AlertEvidence evidence, IReadOnlyList<string> moments)
    {
        var (alert, grid) = (evidence.Alert, new StepGrid(evidence.Input.StepSeconds));
        return new()
        {
            AlertId = alert.Id,
            Moment = Name(evidence.Moment),
            Moments = moments,
            TakenAt = evidence.TakenAt.ToUniversalTime(),
            Server = alert.Server,
            Profile = evidence.Input.Profile.WireName(),
            Metric = alert.Metric,
            Severity = Severity(alert.Severity),
            State = alert.State == AlertState.Breaching ? "breaching" : "predicted",
            Message = alert.Message,
            Probability = Share(alert.Probability),
            Threshold = alert.Threshold,
            ModelVersion = alert.ModelVersion,
            FirstStep = grid.StartOf(evidence.Input.FirstStep),
            StepSeconds = grid.StepSeconds,
            Rule = evidence.Rule is { } rule
                ? new(rule.Names, rule.Warning, rule.Critical, rule.IsBelow, rule.MinimumDeviation, rule.LookAheadMinutes, rule.RaiseProbability, rule.ClearProbability) : null,
            Forecast = evidence.Forecast is { } forecast ? Of(forecast) : null,
            Explanation = evidence.Explanation is { } why ? Of(why) : null,
            Fault = evidence.Fault,
        };
    }

    public static string Name(EvidenceMoment moment) => moment == EvidenceMoment.Raised ? "raised" : "escalated";

    private static EvidenceForecastShape Of(EvidenceForecast forecast) => new(
        forecast.Metric, Source(forecast.Source),
        forecast.Quantiles.Select((values, index) => (Name: string.Create(CultureInfo.InvariantCulture, $"p{QuantileLevels.All[index] * 100:00}"), Values: (IReadOnlyList<float>)values))
            .ToDictionary(quantile => quantile.Name, quantile => quantile.Values, StringComparer.Ordinal));

    private static ExpectedShape Of(ExpectedLevel level) => new(level.At, Level(level.P10)!.Value, Level(level.P50)!.Value, Level(level.P90)!.Value);

    private static string Source(ForecastSource source) => source switch { ForecastSource.Tft => "tft", ForecastSource.Computed => "computed", _ => "baseline" };

    private static string Severity(AlertSeverity severity) => severity == AlertSeverity.Critical ? "critical" : "warning";

    private static double Share(double share) => Math.Round(share, 6);

    private static double? Level(double? level) => level is { } known ? Math.Round(known, 4) : null;
}
