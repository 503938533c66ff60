using System.Globalization;
using Microsoft.Extensions.Options;

namespace TftPortal.Engine.Alerts;

/// <summary>Refuses a clear probability above the raise probability: an alert would clear while it is being raised.</summary>
internal sealed class AlertOptionsCheck : IValidateOptions<AlertOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AlertOptions options) => options.ClearProbability <= options.RaiseProbability
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(string.Create(CultureInfo.InvariantCulture,
            $"Alerts:ClearProbability must be at most Alerts:RaiseProbability, {options.RaiseProbability}; it is {options.ClearProbability}."));
}
