using System.Text.Json;
using TftPortal.Api.Shapes;

namespace TftPortal.Api;

/// <summary>What is wrong with a parameter of a query: it is named, with its value and what is allowed.</summary>
internal static class QueryFault
{
    private const int LongestValue = 253; // a server's name

    /// <summary>One fault.</summary>
    public static ValidationFault Of(string field, string value, string allowed) => new(
        [JsonSerializer.SerializeToElement("query"), JsonSerializer.SerializeToElement(field)],
        $"\"{(value.Length > LongestValue ? value[..LongestValue] + "…" : value)}\" is not allowed; allowed is {allowed}", "value_error");

    /// <summary>An answer with that one fault.</summary>
    public static ValidationError Error(string field, string value, string allowed) => new([Of(field, value, allowed)]);
}
