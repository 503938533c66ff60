namespace TftPortal.Agent.Posting;

/// <summary>Tells of refused records: a few of an answer, and of one field once an hour, since a wrong clock has every record refused.</summary>
/// <param name="log">Where to.</param>
/// <param name="clock">Counts the hours.</param>
internal sealed class RefusalLog(AgentLog log, TimeProvider clock)
{
    private const int LinesAnAnswer = 5;
    private const int MostFields = 64;
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    private readonly Dictionary<string, long> told = new(StringComparer.Ordinal);

    /// <summary>Whether anything was ever refused.</summary>
    public bool Any { get; private set; }

    /// <summary>Tells of what an answer refused, if it refused anything.</summary>
    public void Note(FeedAnswer answer, int posted)
    {
        var report = answer.Report;
        if (answer.Message.Length == 0 && report.Rejected == 0 && report.Refused.Count == 0) return;

        Any = true;
        var fresh = report.Refused.DistinctBy(refused => refused.Field, StringComparer.Ordinal).Where(refused => IsFresh(refused.Field)).Take(LinesAnAnswer).ToList();
        foreach (var refused in fresh) log.Warning($"The portal refused {refused.Field} {refused.Value}: {refused.Reason}");
        if (fresh.Count > 0) log.Warning($"{Math.Max(report.Rejected, report.Refused.Count)} of {posted} readings were refused; they are not sent again.");
        else if (report.Refused.Count == 0 && IsFresh("")) log.Warning($"The portal refused {(report.Rejected > 0 ? report.Rejected : posted)} of {posted} readings; they are not sent again. {answer.Message}".TrimEnd());
    }

    private bool IsFresh(string field)
    {
        var now = clock.GetTimestamp();
        if (told.TryGetValue(field, out var last) && clock.GetElapsedTime(last, now) < Quiet) return false;
        if (told.Count >= MostFields) told.Clear(); // the names come from outside: they shall not fill the memory
        told[field] = now;
        return true;
    }
}
