using System.Globalization;
using Microsoft.Extensions.Options;

namespace TftPortal.Engine.Alerts;

/// <summary>Refuses a clear probability above the raise probability, for an alert would clear while it is being raised, and rules that make no sense.</summary>
internal sealed class AlertOptionsCheck : IValidateOptions<AlertOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AlertOptions options)
    {
        List<string> faults = [];
        if (options.ClearProbability > options.RaiseProbability)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"Alerts:ClearProbability must be at most Alerts:RaiseProbability, {options.RaiseProbability}; it is {options.ClearProbability}."));
        for (var rule = 0; rule < options.Rules.Count; rule++)
            faults.AddRange(RuleCheck.FaultsOf(options.Rules[rule]).Select(fault => string.Create(CultureInfo.InvariantCulture, $"Alerts:Rules:{rule}:{fault.Key}: {fault.Reason}.")));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
