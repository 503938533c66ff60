using System.Net;
using System.Text;
using TftPortal.Settings;

namespace TftPortal.Tests.Golden;

/// <summary>An answer of the old daemon, as it was on the wire.</summary>
internal sealed record CapturedAnswer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    // Of these the old daemon's are asked for, value by value; date, server and connection are a server's own business.
    private static readonly string[] Compared =
        ["content-type", "content-length", "allow", "location", "access-control-allow-origin", "access-control-allow-credentials", "access-control-allow-methods", "access-control-allow-headers", "access-control-max-age"];

    public static string PathOf(string name) =>
        Path.Combine(PortalFolders.FindRoot(AppContext.BaseDirectory), "TftPortal.Tests", "Golden", "contract", name);

    public static CapturedAnswer Read(string name)
    {
        var text = File.ReadAllText(PathOf(name)).ReplaceLineEndings("\n");
        if (name.EndsWith(".txt", StringComparison.Ordinal))
        {
            var (status, rest) = Split(text, "\n");
            return new((HttpStatusCode)int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase), rest.TrimEnd('\n'));
        }

        var (head, body) = Split(text, "\n\n");
        var lines = head.Split('\n');
        return new(
            (HttpStatusCode)int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture),
            lines.Skip(1).Select(line => Split(line, ": ")).ToDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.OrdinalIgnoreCase),
            body.TrimEnd('\n'));
    }

    /// <summary>The body of a captured request.</summary>
    public static string BodyOf(string name) => Split(File.ReadAllText(PathOf(name)).ReplaceLineEndings("\n"), "\n\n").Item2;

    /// <summary>Asserts that an answer is this one: status, body byte for byte, and every header that a client could rely on, absent ones included.</summary>
    public async Task IsAsync(HttpResponseMessage answer, string? body = null)
    {
        var expected = body ?? Body;
        Assert.Equal(expected, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Status, answer.StatusCode);
        if (Headers.Count == 0) return;
        foreach (var header in Compared)
        {
            var wanted = header == "content-length" && body is not null ? $"{Encoding.UTF8.GetByteCount(body)}" : Headers.GetValueOrDefault(header);
            if (header == "location") wanted = wanted?.Replace("http://127.0.0.1:8000", answer.RequestMessage!.RequestUri!.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
            Assert.Equal((header, wanted), (header, ValueOf(answer, header)));
        }

        if (Headers.ContainsKey("vary")) Assert.Contains("Origin", ValueOf(answer, "vary"), StringComparison.Ordinal);
    }

    private static string? ValueOf(HttpResponseMessage answer, string header)
    {
        if (!answer.Headers.TryGetValues(header, out var values) && !answer.Content.Headers.TryGetValues(header, out values)) return null;
        return string.Join(", ", values);
    }

    private static (string, string) Split(string text, string separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + separator.Length)..]);
    }
}
