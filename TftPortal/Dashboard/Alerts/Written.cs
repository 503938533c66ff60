using System.Globalization;
using TftPortal.Engine.Alerts;

namespace TftPortal.Dashboard.Alerts;

/// <summary>Numbers in the fields of a form.</summary>
internal static class Written
{
    /// <summary>A number as somebody wrote it; null where nothing is written.</summary>
    /// <param name="field">The field, for what is wrong with it.</param>
    /// <param name="text">What is written.</param>
    /// <param name="unread">Receives what could not be read.</param>
    public static double? Number(string field, string text, List<OrderFault> unread)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) return number;
        unread.Add(new(field, $"'{(text.Length <= 20 ? text.Trim() : text[..20] + "…")}' is no number"));
        return null;
    }

    /// <summary>A whole number as somebody wrote it; null where nothing is written.</summary>
    /// <inheritdoc cref="Number"/>
    public static int? Whole(string field, string text, List<OrderFault> unread)
    {
        if (Number(field, text, unread) is not { } number) return null;
        if (number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue) return (int)number;
        unread.Add(new(field, $"'{text.Trim()}' is no whole number"));
        return null;
    }

    /// <summary>A number for a field; empty for none.</summary>
    public static string Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture) ?? "";
}
