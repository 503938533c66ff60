using System.Text;
using System.Threading.Channels;

namespace TftPortal.Tests.Agent;

/// <summary>What the agent wrote, and the means to wait for it.</summary>
internal sealed class LogLines : TextWriter
{
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder all = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value)
    {
        lock (all) all.AppendLine(value);
        lines.Writer.TryWrite(value ?? "");
    }

    public async Task<string> NextWithAsync(string words)
    {
        while (true)
        {
            var line = await lines.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            if (line.Contains(words, StringComparison.Ordinal)) return line;
        }
    }

    public override string ToString()
    {
        lock (all) return all.ToString();
    }
}
