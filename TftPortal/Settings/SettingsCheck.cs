using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace TftPortal.Settings;

/// <summary>Checks settings as they are written, before anything is built from them, so that a wrong one is named and not merely stumbled over.</summary>
internal static class SettingsCheck
{
    /// <summary>Checks one section against the class that it is read into.</summary>
    /// <exception cref="WrongSettingException">A value does not convert, is out of its <see cref="RangeAttribute"/>, or is empty where it may not be.</exception>
    public static void Check<TOptions>(IConfiguration configuration, string section)
    {
        foreach (var property in typeof(TOptions).GetProperties().Where(property => property.CanWrite))
        {
            var key = $"{section}:{property.Name}";
            if (configuration[key] is not { } written) continue;
            if (!IsAllowed(property, written)) Refuse(configuration, key, written, Allowed(property));
        }
    }

    /// <summary>Refuses a setting.</summary>
    public static void Refuse(IConfiguration configuration, string key, string written, string allowed) =>
        throw new WrongSettingException($"{OldVariables.NameOf(configuration, key)} is \"{written.ReplaceLineEndings(" ")}\"; allowed is {allowed}.");

    private static bool IsAllowed(PropertyInfo property, string written)
    {
        if (property.GetCustomAttribute<RequiredAttribute>() is not null && string.IsNullOrWhiteSpace(written)) return false;
        if (property.PropertyType == typeof(string)) return true;
        try
        {
            var value = TypeDescriptor.GetConverter(property.PropertyType).ConvertFromInvariantString(written);
            return property.GetCustomAttribute<RangeAttribute>()?.IsValid(value) ?? true;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or NotSupportedException or OverflowException)
        {
            return false; // converters wrap what they throw in an ArgumentException
        }
    }

    private static string Allowed(PropertyInfo property)
    {
        var type = property.PropertyType;
        var noun = type switch
        {
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(string) => "a text that is not empty",
            _ when type == typeof(TimeSpan) => "a time span such as 00:10:00",
            _ when type == typeof(int) || type == typeof(long) => "a whole number",
            { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))}",
            _ => "a number",
        };
        return property.GetCustomAttribute<RangeAttribute>() is { } range
            ? string.Create(CultureInfo.InvariantCulture, $"{noun} from {range.Minimum} to {range.Maximum}")
            : noun;
    }
}
