using System.Collections.Immutable;

namespace TftPortal.Engine.Fleet;

/// <summary>When evidence of an alert was kept.</summary>
public enum EvidenceMoment
{
    /// <summary>As it was raised.</summary>
    Raised,
    /// <summary>As it became critical, where it was raised as a warning.</summary>
    Escalated,
}

/// <summary>What an alert was raised on, kept as it was: enough to see why, and to make the same forecast again.</summary>
public sealed record AlertEvidence
{
    /// <summary>When it was kept.</summary>
    public required EvidenceMoment Moment { get; init; }
    /// <summary>The time of the picture that it is of.</summary>
    public required DateTimeOffset TakenAt { get; init; }
    /// <summary>The alert as it was.</summary>
    public required Alert Alert { get; init; }
    /// <summary>The rule as it held; null where it had been taken back by then.</summary>
    public required EvidenceRule? Rule { get; init; }
    /// <summary>The forecast of the alert's metric, in that metric's own unit (of <c>cpu_used_pct</c>: <c>cpu_idle_pct</c>).</summary>
    public required EvidenceForecast? Forecast { get; init; }
    /// <summary>Why; null where it could not be told, and <see cref="Fault"/> says for what reason.</summary>
    public required Explanation? Explanation { get; init; }
    /// <summary>Why there is no explanation; null where there is one.</summary>
    public string? Fault { get; init; }
    /// <summary>The server's week that it was forecast from.</summary>
    public required KeptInput Input { get; init; }
}

/// <summary>A rule as it held for an alert.</summary>
/// <param name="Warning">From where on it is a warning, in the metric's unit.</param>
/// <param name="Critical">From where on it is critical.</param>
/// <param name="IsBelow">Whether low is the danger.</param>
/// <param name="MinimumDeviation">How far beyond the median of its week it must be; 0 where that does not matter.</param>
/// <param name="LookAheadMinutes">How far ahead it looks.</param>
/// <param name="RaiseProbability">From which probability on it is raised.</param>
/// <param name="ClearProbability">Below which it may clear.</param>
/// <param name="Names">What the rules are called that say so, the one that decides first.</param>
public sealed record EvidenceRule(
    double Warning, double Critical, bool IsBelow, double MinimumDeviation, int LookAheadMinutes, double RaiseProbability, double ClearProbability, ImmutableArray<string> Names);

/// <summary>A metric's forecast.</summary>
/// <param name="Metric">Wire name.</param>
/// <param name="Source">Who made it.</param>
/// <param name="Quantiles">One row a quantile of <see cref="QuantileLevels.All"/>, one value a step.</param>
public sealed record EvidenceForecast(string Metric, ForecastSource Source, ImmutableArray<ImmutableArray<float>> Quantiles)
{
    /// <summary>The quantiles of a forecast.</summary>
    public static EvidenceForecast Of(MetricForecast forecast) => new(
        MetricCatalog.Of(forecast.Metric).Name, forecast.Source,
        [.. Enumerable.Range(0, QuantileLevels.Count).Select(quantile => Enumerable.Range(0, forecast.Steps).Select(step => forecast.At(quantile, step)).ToImmutableArray())]);
}
