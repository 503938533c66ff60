using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TftPortal.Access.Records;
using TftPortal.Engine.Fleet;
using TftPortal.Notifications.Concerns;
using TftPortal.Notifications.Delivery;
using TftPortal.Notifications.Routing;

namespace TftPortal.Notifications.Summaries;

/// <summary>
/// The week's summary, from the moment at which it is due on and for a day: whoever was not told by then, since the portal was down, is told late. That one was told is remembered as of every concern, so that
/// neither a restart nor a clock that jumps sends it again. The report is made once, aside: an incident does not wait for it.
/// </summary>
internal sealed class SummaryConcerns(WeeklySummary summary, IDbContextFactory<PortalRecords> records, Bell bell, IOptions<SummaryOptions> settings, TimeProvider clock, ILogger<SummaryConcerns> log) : IConcerns
{
    /// <summary>What the keys of all summaries begin with.</summary>
    public const string KeyBegin = "summary:";

    /// <summary>How late one is still sent.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromDays(1);

    private static readonly TimeSpan AfterFault = TimeSpan.FromMinutes(5);
    private DateTimeOffset tryAt;
    private string? made;
    private Task<Concern?> making = Task.FromResult<Concern?>(null);

    public NoticeKind Kind => NoticeKind.Summary;

    /// <summary>Never: a summary does not end, it is forgotten.</summary>
    public bool KnowsAll => false;

    public async Task<IReadOnlyList<Concern>?> LookAsync(DateTimeOffset now, CancellationToken stop)
    {
        var week = SummaryWeek.Last(settings.Value, now);
        if (now - week.Due >= Late || !await IsWantedAsync(stop)) return null;
        if (making.IsCompleted && (made != week.Name || (await making is null && (now >= tryAt || tryAt - now > AfterFault)))) (made, making) = (week.Name, Task.Run(() => MakeAsync(week, stop), CancellationToken.None));
        return making.IsCompleted && made == week.Name && await making is { } concern ? [concern] : null;
    }

    private async Task<bool> IsWantedAsync(CancellationToken stop)
    {
        await using var database = await records.CreateDbContextAsync(stop);
        return (await database.Routes.AsNoTracking().Where(row => row.IsEnabled).ToListAsync(stop)).Exists(row => RouteStore.Of(row).Rules.Kinds.Contains(RouteKind.Summary));
    }

    private async Task<Concern?> MakeAsync(SummaryWeek week, CancellationToken stop)
    {
        try
        {
            var (title, message) = await summary.OfAsync(week, stop);
            return new()
            {
                Key = KeyBegin + week.Name,
                Kind = NoticeKind.Summary,
                Severity = AlertSeverity.Warning,
                IsBreaching = false,
                StartedAt = week.Range.From,
                Title = title,
                Message = message,
                Page = week.Page,
            };
        }
        catch (Exception fault) when (!stop.IsCancellationRequested) // the history, as a rule; it is tried for a day
        {
            Log.NoSummary(log, week.Name, fault);
            tryAt = clock.GetUtcNow() + AfterFault;
            return null;
        }
        finally
        {
            bell.Ring();
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(10, LogLevel.Error, "The summary of the week up to {Day} can't be made. It is tried again for a day.")]
    public static partial void NoSummary(ILogger logger, string day, Exception fault);
}
