using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace TftPortal.Engine;

/// <summary>Checks a section's settings against their <see cref="ValidationAttribute"/>s, and names the key, the value and what is allowed: one line a fault.</summary>
/// <typeparam name="T">The section's options.</typeparam>
/// <param name="section">Name of the section, for example <c>Engine</c>.</param>
public sealed class SettingsCheck<T>(string section) : IValidateOptions<T>
    where T : class
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var faults =
            from property in typeof(T).GetProperties()
            from rule in property.GetCustomAttributes<ValidationAttribute>()
            let value = property.GetValue(options)
            where !rule.IsValid(value)
            select string.Create(CultureInfo.InvariantCulture, $"{section}:{property.Name} must be {Allowed(rule)}; it is {(value is null or "" ? "empty" : value)}.");
        var found = faults.ToList();
        return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static string Allowed(ValidationAttribute rule) => rule switch
    {
        RangeAttribute range => string.Create(CultureInfo.InvariantCulture, $"from {range.Minimum} to {range.Maximum}"),
        RequiredAttribute => "given",
        _ => rule.FormatErrorMessage("it"),
    };
}
