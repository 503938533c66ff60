using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace TftPortal.Api.Shapes;

/// <summary>A rule to make or to change. What is absent comes from the next rule that applies; thresholds go together, and so do probabilities.</summary>
internal record RuleRequest
{
    /// <summary>What people call it: 1 to 64 characters, unique.</summary>
    [Required]
    public string? Name { get; init; }
    /// <summary>What is measured: a metric, or cpu_used_pct for 100 − idle.</summary>
    [Required]
    public string? Metric { get; init; }
    /// <summary>Which servers: a name, or one with * for any letters; absent: all.</summary>
    public string? Servers { get; init; }
    /// <summary>Of which profile; absent: any.</summary>
    public string? Profile { get; init; }
    /// <summary>false: the metric is not watched in these servers.</summary>
    public bool? IsWatched { get; init; }
    /// <summary>above or below: on which side of the thresholds the danger lies; absent: above.</summary>
    public string? Direction { get; init; }
    /// <summary>From where on it is a warning, in the metric's unit.</summary>
    public float? Warning { get; init; }
    /// <summary>From where on it is critical.</summary>
    public float? Critical { get; init; }
    /// <summary>How far beyond the median of its own week a value must be, in the metric's unit.</summary>
    public float? MinimumDeviation { get; init; }
    /// <summary>How far ahead it looks, minutes: 5 to 480.</summary>
    public int? LookAheadMinutes { get; init; }
    /// <summary>From which probability on an alert is raised: 0.01 to 1.</summary>
    public double? RaiseProbability { get; init; }
    /// <summary>Below which it may clear: 0 to the raise probability.</summary>
    public double? ClearProbability { get; init; }
    /// <summary>In how many pictures one after the other the danger must show: 1 to 100.</summary>
    public int? Cycles { get; init; }
    /// <summary>Hours in which nothing is sent.</summary>
    public QuietShape? QuietHours { get; init; }
}

/// <summary>Hours of every day.</summary>
internal sealed record QuietShape
{
    /// <summary>From which time of day on, 22:00.</summary>
    public TimeOnly From { get; init; }
    /// <summary>Until which; before from for hours over midnight.</summary>
    public TimeOnly Until { get; init; }
    /// <summary>By which clock: an IANA name; absent: UTC.</summary>
    public string? TimeZone { get; init; }
}

/// <summary>A rule as it stands.</summary>
internal sealed record RuleShape : RuleRequest
{
    /// <summary>A rule of which nothing is said yet.</summary>
    [JsonConstructor]
    public RuleShape()
    {
    }

    /// <summary>A rule with what is asked of it.</summary>
    [SetsRequiredMembers]
    public RuleShape(RuleRequest rule)
        : base(rule) => Origin = "";

    /// <summary>Its id; null for one of the settings.</summary>
    public Guid? Id { get; init; }
    /// <summary>thresholds, settings or admin: where it comes from.</summary>
    public required string Origin { get; init; }
    /// <summary>Who made it; null for one of the settings.</summary>
    public string? By { get; init; }
    /// <summary>When it was made, or last changed.</summary>
    public DateTimeOffset? ChangedAt { get; init; }
}

/// <summary>The rules, the widest first: the last that applies decides.</summary>
/// <param name="Rules">All of them.</param>
/// <param name="Applied">What holds for the server that was asked for; null where none was.</param>
internal sealed record RuleList(IReadOnlyList<RuleShape> Rules, IReadOnlyList<AppliedShape>? Applied);

/// <summary>What holds for a metric of a server.</summary>
/// <param name="Metric">Which metric, or cpu_used_pct.</param>
/// <param name="Direction">above or below.</param>
/// <param name="Warning">From where on it is a warning, in the metric's unit.</param>
/// <param name="Critical">From where on it is critical.</param>
/// <param name="MinimumDeviation">How far beyond the median of its own week a value must be; 0 where that does not matter.</param>
/// <param name="LookAheadMinutes">How far ahead it looks.</param>
/// <param name="RaiseProbability">From which probability on an alert is raised.</param>
/// <param name="ClearProbability">Below which it may clear.</param>
/// <param name="Cycles">In how many pictures one after the other the danger must show.</param>
/// <param name="QuietHours">Hours in which nothing is sent; null: none.</param>
/// <param name="From">The rules that say so, by name; the one that decides first.</param>
internal sealed record AppliedShape(
    string Metric, string Direction, float Warning, float Critical, float MinimumDeviation, int LookAheadMinutes, double RaiseProbability, double ClearProbability, int Cycles, QuietShape? QuietHours, IReadOnlyList<string> From);
