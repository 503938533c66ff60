using System.Globalization;
using Microsoft.Extensions.Options;

namespace TftPortal.Engine.History;

/// <summary>What the ranges of <see cref="HistoryOptions"/> alone can't say.</summary>
internal sealed class HistoryOptionsCheck : IValidateOptions<HistoryOptions>
{
    public ValidateOptionsResult Validate(string? name, HistoryOptions options) => options.HourlyDays >= options.StepDays
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(string.Create(CultureInfo.InvariantCulture, $"History:HourlyDays is \"{options.HourlyDays}\"; allowed is at least History:StepDays, which is {options.StepDays}."));
}
