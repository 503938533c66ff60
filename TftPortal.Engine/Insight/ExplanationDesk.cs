using System.Collections.Immutable;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Engine.Insight;

/// <summary>
/// Explains forecasts of the newest picture on demand, beside the loop: one at a time, a few waiting, and the last ones remembered as long as their forecast stands. Safe for several threads.
/// </summary>
public sealed class ExplanationDesk : IDisposable
{
    /// <summary>How many may wait or be made at once.</summary>
    public const int MostWaiting = 8;

    private const int MostKept = 256;

    private readonly Explainer explainer;
    private readonly SemaphoreSlim turn = new(1);
    private readonly Lock gate = new();
    private readonly Dictionary<(string Server, string Metric), Made> kept = [];
    private int waiting;

    internal ExplanationDesk(Explainer explainer) => this.explainer = explainer;

    /// <summary>What can be explained: everything that can have a threshold, and <c>cpu_idle_pct</c>, which is explained as <c>cpu_used_pct</c>.</summary>
    public static ImmutableArray<string> Metrics { get; } = [.. Gauge.All.Select(gauge => gauge.Name), MetricCatalog.Of(Metric.CpuIdlePercent).Name];

    /// <summary>What can be explained of a server: what is forecast of it.</summary>
    public static IEnumerable<string> MetricsOf(ServerOutlook server) => Gauge.All.Where(gauge => server.Forecast.Of(gauge.Metric) is not null).Select(gauge => gauge.Name);

    /// <summary>Which metric is explained where none is named: that of the server's worst alert, else of its most pressing forecast, else the first that is forecast.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="server">The server in it.</param>
    public static string WorstOf(FleetOutlook picture, ServerOutlook server) =>
        picture.Alerts.FirstOrDefault(alert => alert.Server == server.Server.Name)?.Metric ?? server.Risk.Worst?.Measure
        ?? Gauge.All.FirstOrDefault(gauge => server.Forecast.Of(gauge.Metric) is not null)?.Name ?? Gauge.CpuUsed;

    /// <summary>Explains.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="server">A server in it.</param>
    /// <param name="metric">One of <see cref="Metrics"/>.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>The explanation; null where the server's forecast has no such metric.</returns>
    /// <exception cref="ArgumentException">The metric is none of <see cref="Metrics"/>.</exception>
    /// <exception cref="ExplanationsBusyException"><see cref="MostWaiting"/> wait already.</exception>
    public async Task<Explanation?> ExplainAsync(FleetOutlook picture, ServerOutlook server, string metric, CancellationToken stop)
    {
        var gauge = Gauge.All.FirstOrDefault(known => known.Name == metric) ?? (metric == MetricCatalog.Of(Metric.CpuIdlePercent).Name ? Gauge.All[0] : throw new ArgumentException($"{metric} can't be explained.", nameof(metric)));
        var alert = picture.Alerts.FirstOrDefault(alert => alert.Server == server.Server.Name && alert.Metric == gauge.Name);
        var key = (server.Server.Name, gauge.Name);
        if (Known() is { } known) return known.Why;
        if (Interlocked.Increment(ref waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            throw new ExplanationsBusyException();
        }

        try
        {
            await turn.WaitAsync(stop);
            try
            {
                if (Known() is { } meanwhile) return meanwhile.Why;
                var made = new Made(server.Forecast, alert?.Severity, alert?.Threshold, await Task.Run(() => explainer.Explain(server, gauge, alert, picture.Time), CancellationToken.None));
                Keep(made);
                return made.Why;
            }
            finally
            {
                turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }

        // A forecast is kept over pictures while nothing new came of the server: what was said of it stands as long, and for the same threshold.
        Made? Known()
        {
            lock (gate) return kept.GetValueOrDefault(key) is { } made && ReferenceEquals(made.Of, server.Forecast) && made.Severity == alert?.Severity && made.Threshold == alert?.Threshold ? made : null;
        }

        void Keep(Made made)
        {
            lock (gate)
            {
                if (kept.Count >= MostKept) kept.Clear();
                kept[key] = made;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private sealed record Made(ServerForecast Of, AlertSeverity? Severity, double? Threshold, Explanation? Why);
}

/// <summary>Too many ask at once.</summary>
public sealed class ExplanationsBusyException() : Exception(FormattableString.Invariant($"{ExplanationDesk.MostWaiting} explanations are asked for already; ask again in a few seconds."));
