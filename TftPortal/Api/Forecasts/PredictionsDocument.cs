using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using TftPortal.Engine.Fleet;

namespace TftPortal.Api.Forecasts;

/// <summary>One picture as JSON: written once, piece by piece, and put together to whatever part of it is asked for.</summary>
internal sealed class PredictionsDocument
{
    private const int MaxNarrowed = 64; // views kept; further ones are made and forgotten
    private static readonly byte[] Head = """{"predictions":{"""u8.ToArray();
    private static readonly byte[] AlertsHead = """},"alerts":["""u8.ToArray();
    private static readonly byte[] AlertsEnd = "],"u8.ToArray();
    private static readonly byte[] Comma = ","u8.ToArray();

    private readonly FrozenDictionary<string, ServerPiece> pieces;
    private readonly byte[] tail;
    private readonly string tag;
    private readonly ConcurrentDictionary<string, PredictionsView> narrowed = new(StringComparer.Ordinal);

    private PredictionsDocument(FleetOutlook picture, FrozenDictionary<string, ServerPiece> pieces, byte[] tail, string run)
    {
        Picture = picture;
        this.pieces = pieces;
        this.tail = tail;
        tag = $"{run}-{picture.Sequence}";
        Whole = new(Assemble(picture.Servers.Select(server => server.Server.Name), metrics: null, picture.Alerts), tag);
    }

    /// <summary>The picture that it says.</summary>
    public FleetOutlook Picture { get; }

    /// <summary>All of it.</summary>
    public PredictionsView Whole { get; }

    /// <summary>Writes a picture, with the pieces of an earlier document for the servers that are unchanged.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="earlier">The document before; null for the first.</param>
    /// <param name="zone">The zone of the old daemon's local times.</param>
    /// <param name="run">Tells this run of the program from earlier ones, whose pictures had the same numbers.</param>
    public static PredictionsDocument Write(FleetOutlook picture, PredictionsDocument? earlier, TimeZoneInfo zone, string run)
    {
        var text = new JsonText();
        var written = new Dictionary<string, ServerPiece>(picture.Servers.Length, StringComparer.Ordinal);
        foreach (var server in picture.Servers)
        {
            var kept = earlier?.pieces.GetValueOrDefault(server.Server.Name);
            written[server.Server.Name] = kept?.IsOf(server) == true ? kept : ServerPiece.Write(server, picture.Grid, text);
        }

        return new(picture, written.ToFrozenDictionary(StringComparer.Ordinal), FleetText.Tail(picture, zone), run);
    }

    /// <summary>Whether a server's piece was taken over from an earlier document.</summary>
    public bool SharesPiece(PredictionsDocument other, string server) =>
        pieces.TryGetValue(server, out var mine) && other.pieces.TryGetValue(server, out var theirs) && ReferenceEquals(mine, theirs);

    /// <summary>A part of it.</summary>
    /// <param name="servers">Names of servers of the picture; empty for all.</param>
    /// <param name="metrics">Bit n for <see cref="Metric"/> n; 0 for all.</param>
    public PredictionsView Narrow(IReadOnlyCollection<string> servers, uint metrics)
    {
        var names = servers.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var selection = $"{metrics:x}|{string.Join('|', names)}";
        if (narrowed.TryGetValue(selection, out var known)) return known;
        var chosen = names.ToHashSet(StringComparer.Ordinal);
        var all = metrics == 0 ? uint.MaxValue : metrics;
        var view = new PredictionsView(
            Assemble(
                Picture.Servers.Select(server => server.Server.Name).Where(name => chosen.Count == 0 || chosen.Contains(name)),
                all,
                Picture.Alerts.Where(alert => (chosen.Count == 0 || chosen.Contains(alert.Server)) && IsAbout(alert.Metric, all))),
            $"{tag}-{Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(selection)).AsSpan(0, 8))}");
        return narrowed.Count < MaxNarrowed ? narrowed.GetOrAdd(selection, view) : view;
    }

    // cpu_used_pct is 100 − cpu_idle_pct.
    private static bool IsAbout(string measure, uint metrics) =>
        metrics == uint.MaxValue || (metrics & (1u << (int)(MetricCatalog.TryFind(measure, out var found) ? found.Metric : Metric.CpuIdlePercent))) != 0;

    private List<ReadOnlyMemory<byte>> Assemble(IEnumerable<string> servers, uint? metrics, IEnumerable<Alert> alerts)
    {
        List<ReadOnlyMemory<byte>> answer = [Head];
        foreach (var server in servers)
        {
            if (answer.Count > 1) answer.Add(Comma);
            if (metrics is { } some) answer.AddRange(pieces[server].Of(some));
            else answer.Add(pieces[server].Whole);
        }

        answer.AddRange(AlertsHead, FleetText.Alerts(alerts), AlertsEnd, tail);
        return answer;
    }
}
