using System.Buffers.Text;

namespace TftPortal.Agent.Readings;

/// <summary>
/// Connections in CLOSE_WAIT (the other side has closed, this side's program has not), from <c>/proc/net/tcp</c> and <c>tcp6</c>.
/// Front: they came in on a port that the host listens on. Back: the host opened them. A host without IPv6 has no <c>tcp6</c>.
/// </summary>
/// <param name="root">The folder that <c>proc</c> lies in.</param>
internal sealed class CloseWaits(string root) : IHostSource
{
    private const byte CloseWait = 0x08, Listen = 0x0A; // include/net/tcp_states.h

    public string Name => "/proc/net/tcp";

    public void Read(HostReading reading)
    {
        var listening = new HashSet<ushort>();
        var waiting = new Dictionary<ushort, int>(); // by local port; sorted into front and back once every listening port is known
        Scan("proc/net/tcp", listening, waiting);
        if (File.Exists(Path.Combine(root, "proc/net/tcp6"))) Scan("proc/net/tcp6", listening, waiting);

        var front = waiting.Where(port => listening.Contains(port.Key)).Sum(port => (long)port.Value);
        reading.Set(HostMetric.FrontCloseWait, front);
        reading.Set(HostMetric.BackCloseWait, waiting.Sum(port => (long)port.Value) - front);
    }

    private void Scan(string path, HashSet<ushort> listening, Dictionary<ushort, int> waiting)
    {
        using var lines = new ProcLines(Path.Combine(root, path));
        lines.First(); // headings
        while (lines.TryRead(out var line))
        {
            var fields = new ProcFields(line);
            if (!fields.TryNext(out _)) continue;
            var local = fields.Next();
            fields.Skip(1);
            var state = Hexadecimal(fields.Next());
            if (state is not (CloseWait or Listen)) continue;
            var port = (ushort)Hexadecimal(local[(local.LastIndexOf((byte)':') + 1)..]);
            if (state == Listen) listening.Add(port);
            else waiting[port] = waiting.GetValueOrDefault(port) + 1;
        }
    }

    private static uint Hexadecimal(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out uint value, out var used, 'x') && used == digits.Length
            ? value
            : throw new FormatException("A connection's address or state is not hexadecimal.");
}
