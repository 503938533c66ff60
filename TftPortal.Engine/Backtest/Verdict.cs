using System.Collections.Immutable;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;

namespace TftPortal.Engine.Backtest;

/// <summary>Says how right the trials of a replay were.</summary>
internal sealed class Verdict(BacktestCase of, Replay replay, StepGrid grid)
{
    private readonly AlarmScore triedScore = new(), todayScore = new();

    /// <summary>The result.</summary>
    /// <param name="modelVersion">Whose forecasts the trials saw.</param>
    /// <param name="tried">The trial of the rule.</param>
    /// <param name="today">The trial of the rules as they stand.</param>
    public BacktestResult Give(string modelVersion, Trial tried, Trial today)
    {
        ImmutableArray<TriedServer> servers =
        [
            .. of.Span.Servers.Select(server => Judge(server, tried, today)).OfType<TriedServer>()
                .OrderByDescending(server => server.Incidents.Length > 0 || server.Tried.Length > 0 || server.Today.Length > 0).ThenBy(server => server.Name, StringComparer.Ordinal),
        ];
        var days = servers.Sum(server => server.Values.Count(value => !float.IsNaN(value))) * grid.Length.TotalDays;
        return new(
            modelVersion, grid.StartOf(of.Span.From), grid.Length, of.Span.Steps, Score(triedScore, servers.Sum(server => server.Tried.Length), days), Score(todayScore, servers.Sum(server => server.Today.Length), days),
            of.Span.Servers.Count(server => tried.WatchOf(server.Name, server.Profile) is { Sources: [var first, ..] } && !ReferenceEquals(first.Rule, of.Order.Rule)), servers);
    }

    private TriedServer? Judge(SeenServer server, Trial tried, Trial today)
    {
        if ((tried.WatchOf(server.Name, server.Profile) ?? today.WatchOf(server.Name, server.Profile)) is not { } watch) return null;
        var past = replay.PastOf(server.Name);
        var from = of.Order.IncidentFrom ?? watch.Threshold.Warning;
        var measured = past.ToArray();
        if (watch.Gauge.IsBelow) foreach (ref var value in measured.AsSpan()) value = -value;
        var incidents = IncidentWatch.Of(measured, watch.Gauge.Shown(from), Replay.WarmUp);
        return new(
            server.Name, [.. past.Slice(Replay.WarmUp, of.Span.Steps)], from, watch.Gauge.IsBelow,
            [.. incidents.Incidents.Where(incident => incident.From < of.Span.Steps).Select(incident => (incident.From, Math.Min(incident.Until, of.Span.Steps)))],
            Count(tried, triedScore), Count(today, todayScore));

        ImmutableArray<Firing> Count(Trial trial, AlarmScore score)
        {
            var alarms = trial.SentOf(server.Name) is { } sent ? incidents.AlarmsOf(sent, threshold: 1, isEndOpen: true) : [];
            score.Add(incidents, alarms, of.Span.Steps);
            return trial.FiringsOf(server.Name, alarms);
        }
    }

    private RuleScore Score(AlarmScore score, int raised, double days) => new(
        raised, score.Hits, score.FalseAlarms, score.Open, score.Onsets, score.Seen, score.SeenWithLead((int)Math.Ceiling(TimeSpan.FromMinutes(15) / grid.Length)),
        double.IsNaN(score.MedianLead) ? null : score.MedianLead * grid.Length, days);
}
