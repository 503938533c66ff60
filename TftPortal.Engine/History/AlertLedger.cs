using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.History;

/// <summary>Follows the alerts from picture to picture, and says what of them must be written.</summary>
internal sealed class AlertLedger
{
    private Dictionary<Guid, AlertRecord> standing = [];
    private Dictionary<Guid, AlertRecord> ended = []; // within the last day: they may still be marked

    /// <summary>Goes on from the alerts that stood when it was last written, and those that had ended lately. Before the first picture.</summary>
    public void Recall(IReadOnlyCollection<AlertRecord> known)
    {
        standing = known.Where(alert => alert.EndedAt is null).ToDictionary(alert => alert.Id);
        ended = known.Where(alert => alert.EndedAt is not null).ToDictionary(alert => alert.Id);
    }

    /// <summary>Looks at a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="isOwn">Which of its alerts count.</param>
    /// <returns>The alerts of which something changed: raised, worse, breached, taken, ended.</returns>
    public ImmutableArray<AlertRecord> Review(FleetOutlook picture, Func<Alert, FleetOutlook, bool> isOwn)
    {
        var changed = ImmutableArray.CreateBuilder<AlertRecord>();
        var now = new Dictionary<Guid, AlertRecord>(picture.Alerts.Length);
        foreach (var alert in picture.Alerts)
        {
            if (!isOwn(alert, picture)) continue;
            var before = standing.GetValueOrDefault(alert.Id);
            var after = Follow(before ?? Raised(alert, picture), alert, picture.Time);
            now.Add(alert.Id, after);
            if (before is null || IsWorthWriting(before, after)) changed.Add(after);
        }

        var over = Over(picture, isOwn, changed);
        foreach (var (id, gone) in standing)
        {
            if (!now.ContainsKey(id) && !over.ContainsKey(id)) changed.Add(gone with { EndedAt = picture.Time });
        }

        (standing, ended) = (now, over);
        return changed.DrainToImmutable();
    }

    // What the desk says of those that ended: when, and what has been done with them since.
    private Dictionary<Guid, AlertRecord> Over(FleetOutlook picture, Func<Alert, FleetOutlook, bool> isOwn, ImmutableArray<AlertRecord>.Builder changed)
    {
        var over = new Dictionary<Guid, AlertRecord>();
        foreach (var (alert, at) in picture.Ended)
        {
            var before = standing.GetValueOrDefault(alert.Id) ?? ended.GetValueOrDefault(alert.Id);
            if (before is null && !(picture.ByName.ContainsKey(alert.Server) && isOwn(alert, picture))) continue;
            var after = Follow(before ?? Raised(alert, picture), alert, at) with { EndedAt = at };
            over[alert.Id] = after;
            if (before is null || IsWorthWriting(before, after)) changed.Add(after);
        }

        return over;
    }

    private static AlertRecord Raised(Alert alert, FleetOutlook picture) => new()
    {
        Id = alert.Id,
        Server = alert.Server,
        Profile = (picture.ByName.TryGetValue(alert.Server, out var server) ? server.Server.Profile : ServerProfile.Generic).WireName(),
        Metric = alert.Metric,
        Severity = alert.Severity,
        StartedAt = alert.StartedAt,
        WasPredicted = alert.State == AlertState.Predicted && alert.BreachedAt is null, // worse may be predicted of what is there already
        Probability = alert.Probability,
        PredictedValue = alert.PredictedValue,
        Threshold = alert.Threshold,
        ExpectedAt = alert.BreachAt,
        RaisedTimes = alert.RaisedTimes,
        ModelVersion = alert.ModelVersion,
        Message = alert.Message,
    };

    private static AlertRecord Follow(AlertRecord record, Alert alert, DateTimeOffset now) => record with
    {
        Severity = alert.Severity > record.Severity ? alert.Severity : record.Severity,
        // When its warning was passed, as the alert has it, whatever is predicted since: before this picture, and not before the raise of one that was predicted.
        BreachedAt = record.BreachedAt ?? (record.WasPredicted && alert.BreachedAt < record.StartedAt ? now : alert.BreachedAt),
        CriticalAt = record.CriticalAt ?? (alert.Severity == AlertSeverity.Critical ? now : null),
        AcknowledgedBy = alert.AcknowledgedBy ?? record.AcknowledgedBy,
        IsFalseAlarm = alert.IsFalseAlarm,
        Message = alert.Message,
    };

    // The sentence changes with every forecast; it is written with the next thing that matters, at the latest with the end.
    private static bool IsWorthWriting(AlertRecord before, AlertRecord after) => after with { Message = before.Message } != before;
}
