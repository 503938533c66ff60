using System.Globalization;

namespace TftPortal.Dashboard.Words;

/// <summary>How long something took or is ago, in few letters. <c>wwwroot/js/ages.js</c> counts on with the same words.</summary>
public static class Ages
{
    /// <summary>"now", "12 s", "4 min", "2 h 5 min", "3 d 4 h"; never negative.</summary>
    public static string Words(TimeSpan age)
    {
        var seconds = (long)Math.Max(0, age.TotalSeconds);
        var text = CultureInfo.InvariantCulture;
        return seconds switch
        {
            < 1 => "now",
            < 60 => string.Create(text, $"{seconds} s"),
            < 3600 => string.Create(text, $"{seconds / 60} min"),
            < 86_400 => seconds / 60 % 60 == 0
                ? string.Create(text, $"{seconds / 3600} h")
                : string.Create(text, $"{seconds / 3600} h {seconds / 60 % 60} min"),
            _ => seconds / 3600 % 24 == 0
                ? string.Create(text, $"{seconds / 86_400} d")
                : string.Create(text, $"{seconds / 86_400} d {seconds / 3600 % 24} h"),
        };
    }

    /// <summary>The same as a moment in the past: "just now", "12 s ago".</summary>
    public static string Ago(TimeSpan age) => Words(age) is var words && words == "now" ? "just now" : words + " ago";
}
