using System.IO.Enumeration;

namespace TftPortal.Engine.Fleet;

/// <summary>Names servers: one by its name, several by a name in which <c>*</c> stands for any letters; <c>*</c> alone is all of them. Capitals don't matter.</summary>
public static class ServerPattern
{
    /// <summary>Every server.</summary>
    public const string All = "*";

    /// <summary>The longest pattern, characters: the longest name.</summary>
    public const int MaxLength = 253;

    /// <summary>Whether a pattern names a server.</summary>
    public static bool Matches(string pattern, string server) => pattern == All || FileSystemName.MatchesSimpleExpression(pattern, server);

    /// <summary>Whether a text is a pattern: 1 to 253 of the characters of a server's name, and <c>*</c>.</summary>
    public static bool IsValid(string text) => text.Length is > 0 and <= MaxLength && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or ':' or '-' or '*');

    /// <summary>How narrow a pattern is: 0 for all, 2 for a single name, between them the more the more of it is given.</summary>
    public static double Narrowness(string pattern) =>
        !pattern.Contains('*', StringComparison.Ordinal) ? 2 : pattern.Count(letter => letter != '*') / (double)(MaxLength + 1) is > 0 and var given ? given : 0;
}
