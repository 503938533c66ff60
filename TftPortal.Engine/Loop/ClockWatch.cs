using TftPortal.Engine.Fleet;
using TftPortal.Engine.Intake;
using TftPortal.Engine.State;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.Loop;

/// <summary>Tells whose clock seems to be off: servers whose readings are refused for their time, and those that send now but nothing newer than 10 minutes ago.</summary>
internal sealed class ClockWatch(StateKeeper keeper)
{
    private const int Most = 100;
    private static readonly TimeSpan Forget = TimeSpan.FromHours(1);
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, ClockTrouble> refused = new(StringComparer.Ordinal);

    /// <summary>Looks at what was refused of a batch.</summary>
    public void Look(ReadingBatch batch, IReadOnlyList<RefusedReading> refusals, DateTimeOffset receivedAt)
    {
        foreach (var reading in refusals)
        {
            if (reading.Field != "timestamp") continue;
            var server = batch.Server(reading.Index);
            var count = refused.TryGetValue(server, out var known) ? known.Refused : 0;
            if (known is null && refused.Count >= Most) continue;
            refused[server] = new(server, TimeSpan.FromMilliseconds(batch.UnixMilliseconds(reading.Index) - receivedAt.ToUnixTimeMilliseconds()), receivedAt, count + 1);
        }
    }

    /// <summary>Says who is off now.</summary>
    public void Report(FleetWindow window, DateTimeOffset now)
    {
        foreach (var over in refused.Values.Where(trouble => (now - trouble.At).Duration() > Forget).ToList()) refused.Remove(over.Server);
        var behind = window.Behind(now, Late).Where(server => !refused.ContainsKey(server.Name)).Take(Most).Select(server => new ClockTrouble(
            server.Name, TimeSpan.FromMilliseconds(server.NewestAt - server.ReceivedAt), DateTimeOffset.FromUnixTimeMilliseconds(server.ReceivedAt), Refused: 0));
        ClockTrouble[] found = [.. refused.Values.Concat(behind).OrderBy(trouble => trouble.Server, StringComparer.Ordinal).Take(Most)];
        if (!found.SequenceEqual(keeper.Report.Clocks)) keeper.Change(state => state with { Clocks = [.. found] });
    }
}
