namespace TftPortal.Access.Browser;

/// <summary>Texts of strangers, made fit for a line of the log.</summary>
internal static class ShortText
{
    /// <summary>How many letters are kept.</summary>
    public const int MaxLength = 120;

    /// <summary>Without what breaks lines or hides letters, without an address's query string and fragment, where secrets stand, and cut.</summary>
    public static string Of(string? text)
    {
        text ??= "";
        var end = text.AsSpan().IndexOfAny('?', '#');
        var kept = text.AsSpan(0, Math.Min(end >= 0 ? end : text.Length, MaxLength));
        return string.Create(kept.Length, kept, static (letters, from) =>
        {
            for (var at = 0; at < letters.Length; at++) letters[at] = char.IsBetween(from[at], ' ', '~') && from[at] != '"' ? from[at] : '_';
        });
    }
}
