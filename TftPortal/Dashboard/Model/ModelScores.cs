using System.Globalization;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Accuracy;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Model;

/// <summary>The scores in words.</summary>
public static class ModelScores
{
    /// <summary>How it stands: a warning where the model loses against the baseline over the week.</summary>
    public static RiskLevel Level(AccuracyReport report) => Better(report) is { } better && better < 0 ? RiskLevel.Warning : RiskLevel.Healthy;

    /// <summary>The verdict.</summary>
    public static string Headline(AccuracyReport report) => Better(report) switch
    {
        null when report.HasScores => "Statistics alone forecast.",
        null => "Not scored yet.",
        >= 0 and var better => $"The model is {Figures.Percent(better * 100)} better than the baseline.",
        { } worse => $"The model is {Figures.Percent(-worse * 100)} worse than the baseline.",
    };

    /// <summary>What there is beside it.</summary>
    public static string Rest(AccuracyReport report)
    {
        var metrics = report.Windows[1].Metrics;
        if (Better(report) is null) return "Every forecast is scored when its time comes.";
        var ahead = metrics.Count(row => row.Wql <= row.BaselineWql);
        var covered = metrics.Count(IsCovered);
        return $"Over 7 days, the mean over the metrics. Ahead on {ahead} of {metrics.Count(row => row.Wql is not null)}; the coverage is right on {covered} of {metrics.Length}.";
    }

    /// <summary>A score to three digits: ".087"; a dash where there is none.</summary>
    public static string Score(double? score) => score is { } known ? known.ToString(known < 9.995 ? ".000" : "0", CultureInfo.InvariantCulture) : Figures.Missing;

    /// <summary>Whether the coverage is good enough.</summary>
    public static bool IsCovered(AccuracyRow row) => row.Coverage is >= AccuracyRow.CoverageFrom and <= AccuracyRow.CoverageTo;

    /// <summary>Name of a metric for a person.</summary>
    public static string MetricName(string name) => MetricCatalog.TryFind(name, out var metric) ? metric.Label : name;

    /// <summary>Time ahead for a person: "5 min", "8 h".</summary>
    /// <param name="steps">How many steps.</param>
    /// <param name="length">Length of a step.</param>
    public static string StepName(string steps, TimeSpan length) => Ages.Words(int.Parse(steps, CultureInfo.InvariantCulture) * length);

    /// <summary>Name of a profile for a person.</summary>
    public static string ProfileName(string name) => WireNames.TryParse(name, out ServerProfile profile) ? Names.Of(profile) : name;

    /// <summary>By which share the model's loss is below the baseline's over the week, the mean over the metrics; null where none is scored, or the baseline alone forecasts.</summary>
    private static double? Better(AccuracyReport report)
    {
        var scored = report.Windows[1].Metrics.Where(row => row is { Wql: not null, BaselineWql: > 0 }).ToList();
        return scored.Count == 0 || scored.TrueForAll(row => row.Wql == row.BaselineWql) ? null : 1 - scored.Average(row => row.Wql!.Value / row.BaselineWql!.Value);
    }
}
