using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace TftPortal.Access.Audit;

/// <summary>
/// The audit as CSV (RFC 4180), UTF-8 with a byte order mark: without one Excel takes it for the machine's old code page, and every other reader that was tried skips it.
/// A field that a spreadsheet would take for a formula gets an apostrophe before it: an attacker chooses what a user agent is called.
/// </summary>
internal static class AuditCsv
{
    private const int FlushAt = 32 * 1024; // characters

    /// <summary>Writes the entries as they come.</summary>
    public static async Task WriteAsync(PipeWriter to, IAsyncEnumerable<AuditEntry> entries, CancellationToken stop)
    {
        var utf8 = Encoding.UTF8.GetEncoder(); // it remembers half a pair at the end of a chunk
        var text = new StringBuilder("\uFEFFnumber,at,actor,origin,action,subject,detail\r\n", FlushAt + 4096);
        await foreach (var entry in entries.WithCancellation(stop))
        {
            text.Append(CultureInfo.InvariantCulture, $"{entry.Number},{entry.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}");
            foreach (var field in (ReadOnlySpan<string>)[entry.Actor, entry.Origin, entry.Action, entry.Subject, entry.Detail]) Append(text, field);
            text.Append("\r\n");
            if (text.Length >= FlushAt) await FlushAsync();
        }

        await FlushAsync();

        async Task FlushAsync()
        {
            foreach (var chunk in text.GetChunks()) utf8.Convert(chunk.Span, to, flush: false, out _, out _);
            text.Clear();
            await to.FlushAsync(stop);
        }
    }

    private static void Append(StringBuilder text, string field)
    {
        text.Append(',');
        var isFormula = field.Length > 0 && field[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠'; // the wide ones are formulas in East Asian Excel
        if (!isFormula && field.AsSpan().IndexOfAny(",\"\r\n") < 0 && !field.StartsWith(' '))
        {
            text.Append(field);
            return;
        }

        text.Append('"');
        if (isFormula) text.Append('\'');
        text.Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
