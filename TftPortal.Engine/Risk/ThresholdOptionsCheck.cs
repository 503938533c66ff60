using System.Globalization;
using Microsoft.Extensions.Options;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Risk;

/// <summary>Refuses thresholds that name nothing or make no sense, with the key, the value and what is allowed.</summary>
internal sealed class ThresholdOptionsCheck : IValidateOptions<ThresholdOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ThresholdOptions options)
    {
        var faults = FaultsOf("Alerts:Thresholds:Default", options.Default).ToList();
        foreach (var (profile, thresholds) in options.Profiles)
        {
            var key = $"Alerts:Thresholds:Profiles:{profile}";
            if (!WireNames.TryParse(profile, out ServerProfile _)) faults.Add($"{key} names no profile; the profiles are {string.Join(", ", WireNames.Profiles)}.");
            faults.AddRange(FaultsOf(key, thresholds));
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> FaultsOf(string section, Dictionary<string, Threshold> thresholds)
    {
        foreach (var (measure, threshold) in thresholds)
        {
            if (!Gauge.TryFind(measure, out _))
                yield return $"{section}:{measure} is not a measure; the measures are {string.Join(", ", Gauge.All.Select(gauge => gauge.Name))}.";
            else if (!(threshold.Warning > 0) || !(threshold.Critical >= threshold.Warning) || !float.IsFinite(threshold.Critical))
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"{section}:{measure} must have Warning above 0 and Critical at least Warning; they are {threshold.Warning} and {threshold.Critical}.");
            else if (threshold.RaiseProbability is null != threshold.ClearProbability is null || threshold.RaiseProbability is < .01 or > 1 || threshold.ClearProbability < 0 || threshold.ClearProbability > threshold.RaiseProbability)
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"{section}:{measure} must have RaiseProbability from 0.01 to 1 and ClearProbability from 0 to RaiseProbability, or neither; they are {Said(threshold.RaiseProbability)} and {Said(threshold.ClearProbability)}.");
        }
    }

    private static string Said(double? probability) => probability?.ToString(CultureInfo.InvariantCulture) ?? "none";
}
