using System.Collections.Concurrent;
using System.Collections.Immutable;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;

namespace TftPortal.Engine.Accuracy;

/// <summary>
/// Scores the forecasts when their time comes, beside the baseline's and the last value of the same moment, and tells the guard who is to answer. The thread of the forecast cycle writes;
/// anybody reads the newest <see cref="Latest"/>. docs/decisions/accuracy.md says what is kept and what it costs.
/// </summary>
public sealed class AccuracyBoard
{
    /// <summary>Forecasts that are kept a cycle: each costs a baseline. At 100,000 servers a server's turn then comes every 3 hours instead of 2.</summary>
    internal const int MostTaken = 256;

    private readonly ConcurrentDictionary<string, ServerTrack> tracks = new(StringComparer.Ordinal);
    private readonly FleetScores fleet = new();
    private readonly ForecastTaking taking;
    private readonly PointScoring scoring;
    private readonly ReportMaking making;
    private readonly ForecastGuard guard;
    private readonly StepGrid grid;
    private AccuracyReport latest;
    private long reported;
    private int turn;

    internal AccuracyBoard(BaselineForecaster baseline, ForecastGuard guard, StepGrid grid, FleetOutlook first)
    {
        (this.guard, this.grid) = (guard, grid);
        taking = new(baseline, grid);
        scoring = new(fleet, baseline.Version, grid);
        making = new(fleet);
        latest = making.Make(first, []);
    }

    /// <summary>The newest scores.</summary>
    public AccuracyReport Latest => Volatile.Read(ref latest);

    /// <summary>The kept forecasts of a server's metric, by time made and steps ahead: a day of those of an hour, four and eight hours ahead.</summary>
    /// <param name="server">The server, whose past says what happened.</param>
    /// <param name="metric">The metric.</param>
    /// <returns>Empty where nothing is kept: a new server, or uptime, which is computed.</returns>
    public ImmutableArray<PastForecast> PastOf(ServerSnapshot server, Metric metric) =>
        (int)metric < TrackLayout.Metrics && tracks.TryGetValue(server.Name, out var track) ? PastReading.Of(track, server, metric, grid) : [];

    /// <summary>Of how many servers forecasts are kept.</summary>
    internal int Followed => tracks.Count;

    /// <summary>What is kept, to be written to disk; each track by itself is whole.</summary>
    internal IEnumerable<ServerTrack> Tracks => tracks.Values;

    /// <summary>A copy of the fleet's sums.</summary>
    internal IReadOnlyList<(string Version, long Part, ScoreCell[] Cells)> FleetSums()
    {
        lock (fleet) return [.. from version in fleet.Versions from part in version.Value select (version.Key, part.Key, (ScoreCell[])part.Value.Clone())];
    }

    /// <summary>Goes on from before a restart; before the first picture.</summary>
    internal void Recall(IEnumerable<(string Version, long Part, ScoreCell[] Cells)> sums, IEnumerable<ServerTrack> kept)
    {
        foreach (var (version, part, cells) in sums) cells.CopyTo(fleet.Of(version, part), 0);
        foreach (var track in kept)
        {
            tracks[track.Server] = track;
            guard.Note(track.Server, track.Guarded);
        }
    }

    /// <summary>Replaces the report.</summary>
    internal void Show(AccuracyReport report) => Volatile.Write(ref latest, report);

    /// <summary>Scores what has closed, keeps the forecasts that are due, and once a step makes a new report.</summary>
    /// <param name="picture">The newest picture.</param>
    /// <param name="stop">Ends it between two servers.</param>
    internal void Note(FleetOutlook picture, CancellationToken stop)
    {
        lock (fleet) Take(picture, stop); // nobody else takes it but who writes the sums to disk, once an hour
    }

    private void Take(FleetOutlook picture, CancellationToken stop)
    {
        var closed = picture.FirstStep - 2 - TrackLayout.Grace; // the step before the first is still running
        var taken = 0;
        var start = turn;
        for (var index = 0; index < picture.Servers.Length; index++)
        {
            stop.ThrowIfCancellationRequested();
            var at = (start + index) % picture.Servers.Length; // not always the same ones wait
            var server = picture.Servers[at];
            var track = TrackOf(server, picture, closed, out var isChanged);
            if (track.NextStep <= closed)
            {
                (track, isChanged) = (scoring.Score(track, server.Server, closed), true);
                guard.Note(track.Server, track.Guarded);
            }

            if (taken < MostTaken && track.IsDue(picture.FirstStep) && grid.StepOf(server.Forecast.FirstStep) == picture.FirstStep)
            {
                (track, isChanged) = (taking.Take(track, server, picture.FirstStep), true);
                if (++taken == MostTaken) turn = at + 1;
            }

            if (isChanged) tracks[track.Server] = track;
        }

        if (reported == picture.FirstStep && latest.ServersFollowed == tracks.Count) return;
        Forget(picture);
        reported = picture.FirstStep;
        Show(making.Make(picture, [.. tracks.Values]));
    }

    // Another model's forecasts say nothing of this one's.
    private ServerTrack TrackOf(ServerOutlook server, FleetOutlook picture, long closed, out bool isNew)
    {
        isNew = !tracks.TryGetValue(server.Server.Name, out var track) || track.ModelVersion != picture.ModelVersion || track.ScoredTo > closed + TrackLayout.Origins * TrackLayout.Period;
        return isNew ? ServerTrack.Empty(server.Server.Name, picture.ModelVersion) with { ScoredTo = closed } : track!;
    }

    private void Forget(FleetOutlook picture)
    {
        fleet.Forget(FleetScores.PartOf(picture.Time));
        if (tracks.Count <= picture.Servers.Length) return;
        foreach (var gone in tracks.Keys.Where(server => !picture.ByName.ContainsKey(server)))
        {
            tracks.TryRemove(gone, out _);
            guard.Note(gone, 0);
        }
    }
}
