using System.Collections.Immutable;

namespace TftPortal.Engine.Fleet;

/// <summary>The forecasts of one server's metrics.</summary>
public sealed record ServerForecast
{
    /// <summary>Name of the server.</summary>
    public required string Server { get; init; }
    /// <summary>When the first step ahead begins; step n begins n·<see cref="StepGrid.Length"/> later.</summary>
    public required DateTimeOffset FirstStep { get; init; }
    /// <summary>Who made most of it: never <see cref="ForecastSource.Tft"/> unless the network made it.</summary>
    public required ForecastSource ModelType { get; init; }
    /// <summary>Version of the model, or of the baseline.</summary>
    public required string ModelVersion { get; init; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }
    /// <summary>The revision of the server's window that it was made from.</summary>
    public required long Revision { get; init; }
    /// <summary>One forecast a metric, indexed by <see cref="Metric"/>; null where the server does not send the metric.</summary>
    public required ImmutableArray<MetricForecast?> Metrics { get; init; }

    /// <summary>The network's own forecasts where the baseline answers for a metric in its place, indexed by <see cref="Metric"/>; empty where it does for none.</summary>
    public ImmutableArray<MetricForecast?> Replaced { get; init; } = [];

    /// <summary>What the network forecasts of a metric, whoever answers; null where it makes none.</summary>
    public MetricForecast? NetworkOf(Metric metric) =>
        !Replaced.IsEmpty && Replaced[(int)metric] is { } own ? own : Of(metric) is { Source: ForecastSource.Tft } answer ? answer : null;

    /// <summary>The forecast of a metric, or null where the server does not send it.</summary>
    public MetricForecast? Of(Metric metric) => Metrics[(int)metric];
}
