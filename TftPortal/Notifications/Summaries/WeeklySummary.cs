using Microsoft.Extensions.Options;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;
using TftPortal.Notifications.Channels;

namespace TftPortal.Notifications.Summaries;

/// <summary>Sums up a week from the history.</summary>
internal sealed class WeeklySummary(HistoryArchive archive, IOptions<SummaryOptions> settings, IOptions<NotificationOptions> options, TimeProvider clock)
{
    /// <summary>A week in a title and a text.</summary>
    /// <exception cref="HistoryUnavailableException">The history can't be read.</exception>
    public async Task<(string Title, string Message)> OfAsync(SummaryWeek week, CancellationToken stop)
    {
        var report = await archive.ReportAsync(week.Range, stop);
        var before = await archive.ReportAsync(week.Before, stop);
        return (SummaryText.Title(report), SummaryText.Body(week, report, before));
    }

    /// <summary>What a summary of the last seven days looks like, to try a channel with.</summary>
    /// <inheritdoc cref="OfAsync"/>
    public async Task<Notice> ExampleAsync(Channel channel, string by, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var week = SummaryWeek.UpTo(settings.Value, now);
        var (title, message) = await OfAsync(week, stop);
        return new()
        {
            Id = Guid.CreateVersion7(now),
            Concern = $"test:{channel.Id}",
            Kind = NoticeKind.Summary,
            Step = NoticeStep.Raised,
            Severity = AlertSeverity.Warning,
            IsBreaching = false,
            At = now,
            StartedAt = week.Range.From,
            Title = $"{title} (an example)",
            Message = message,
            Note = $"{by} sent this to try the channel {channel.Name}.",
            Link = options.Value.PortalUrl.Length == 0 ? null : $"{options.Value.PortalUrl.TrimEnd('/')}/{week.Page}",
        };
    }
}
