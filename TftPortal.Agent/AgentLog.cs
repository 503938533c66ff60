using System.Globalization;

namespace TftPortal.Agent;

/// <summary>Writes plain lines: time, level, sentence. Never a key.</summary>
/// <param name="lines">Where to.</param>
/// <param name="clock">Dates them.</param>
internal sealed class AgentLog(TextWriter lines, TimeProvider clock)
{
    private readonly Lock gate = new();

    /// <summary>What a person may want to know.</summary>
    public void Info(string message) => Write("info", message);

    /// <summary>What a person should know.</summary>
    public void Warning(string message) => Write("warning", message);

    /// <summary>What a person must put right.</summary>
    public void Error(string message) => Write("error", message);

    private void Write(string level, string message)
    {
        var time = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        // Answers of the portal and of what stands before it end up here: one line stays one line.
        var line = string.Create(CultureInfo.InvariantCulture, $"{time} {level}: {message.ReplaceLineEndings(" ")}");
        lock (gate)
        {
            lines.WriteLine(line);
            lines.Flush();
        }
    }
}
