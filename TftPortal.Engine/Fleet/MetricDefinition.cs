namespace TftPortal.Engine.Fleet;

/// <summary>What one metric means: its name on the wire, its unit, its valid range, and how readings of one step combine.</summary>
/// <param name="Metric">Which metric.</param>
/// <param name="Name">Name on the wire and in files, for example <c>cpu_user_pct</c>.</param>
/// <param name="Label">Name for a person, for example "CPU user".</param>
/// <param name="Unit">Unit for a person, for example "%"; empty for a plain number.</param>
/// <param name="Maximum">Largest valid value; <see cref="float.PositiveInfinity"/> where there is none. The smallest is 0 for every metric.</param>
/// <param name="IsInteger">Whether only whole numbers are valid.</param>
/// <param name="KeepsLast">Whether a step holds its last reading (counts, uptime) and not the mean.</param>
public sealed record MetricDefinition(
    Metric Metric, string Name, string Label, string Unit, float Maximum, bool IsInteger, bool KeepsLast)
{
    /// <summary>Whether the metric is a percentage of a whole, 0–100.</summary>
    public bool IsPercentage => Maximum == 100;

    /// <summary>What is allowed, for an error message, for example "a number from 0 to 100".</summary>
    public string Allowed => (IsInteger, IsPercentage) switch
    {
        (true, _) => "a whole number, 0 or more",
        (_, true) => "a number from 0 to 100",
        _ => "a number, 0 or more",
    };

    /// <summary>Brings a forecast value into the metric's valid range.</summary>
    public float Clamp(float value) => Math.Clamp(value, 0, Maximum);
}
