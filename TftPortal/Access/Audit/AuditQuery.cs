using System.Globalization;

namespace TftPortal.Access.Audit;

/// <summary>The audit's filter as it stands in an address: <c>from</c>, <c>to</c>, <c>actor</c>, <c>action</c>, <c>text</c>.</summary>
/// <param name="From">From which day or moment on.</param>
/// <param name="To">Up to which day, the day included, or before which moment.</param>
/// <param name="Actor">A part of who.</param>
/// <param name="Action">How the action begins.</param>
/// <param name="Text">A part of anything.</param>
internal sealed record AuditQuery(string? From, string? To, string? Actor, string? Action, string? Text)
{
    /// <summary>The filter that it asks for; null, and what is wrong, where it can't be understood.</summary>
    public (AuditFilter? Filter, string? Problem) Read()
    {
        if (!TryTime(From, isEnd: false, out var from)) return (null, Wrong("from", From!));
        if (!TryTime(To, isEnd: true, out var before)) return (null, Wrong("to", To!));
        return (new() { From = from, Before = before, Actor = Actor, Action = Action, Text = Text }, null);
    }

    /// <summary>The query string, with its question mark; empty where everything is asked for.</summary>
    public string Address()
    {
        var query = QueryString.Empty;
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("from", From), ("to", To), ("actor", Actor), ("action", Action), ("text", Text)])
        {
            if (!string.IsNullOrWhiteSpace(value)) query = query.Add(name, value);
        }

        return query.ToString();
    }

    private static string Wrong(string field, string value) =>
        $"{field} is '{(value.Length <= 40 ? value : value[..40] + "…")}'; allowed is a day in UTC, such as 2026-11-24, or a moment, such as 2026-11-24T08:00:00Z.";

    private static bool TryTime(string? text, bool isEnd, out DateTimeOffset? time)
    {
        time = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue)
        {
            time = new(isEnd ? day.AddDays(1) : day, TimeOnly.MinValue, TimeSpan.Zero);
            return true;
        }

        if (!text.Contains('T', StringComparison.Ordinal) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)) return false;
        time = moment;
        return true;
    }
}
