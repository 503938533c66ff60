using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Options;
using TftPortal.Engine;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;
using TftPortal.Engine.State;
using TftPortal.Notifications.Delivery;

namespace TftPortal.Notifications.Concerns;

/// <summary>The portal's own trouble: no forecasts, readings that can't be kept, a channel that takes nothing.</summary>
internal sealed class PortalConcerns(OutlookFeed feed, IServiceProvider portal, QueueFigures figures, IOptions<EngineOptions> engine) : IConcerns
{
    /// <summary>How long a channel may fail before others are told.</summary>
    public static readonly TimeSpan ChannelPatience = TimeSpan.FromMinutes(10);

    // So many attempts for nothing with messages that are given up by now are no chance.
    private const int FutileAttempts = 3;

    // One cycle that fails or is late is no trouble yet.
    private static readonly TimeSpan LeastForecastPatience = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, DateTimeOffset> since = new(StringComparer.Ordinal);

    public NoticeKind Kind => NoticeKind.Portal;

    /// <summary>Not before the first picture and the first look at the queue: a restart mends nothing.</summary>
    public bool KnowsAll => feed.Latest.Sequence > 0 && !ReferenceEquals(figures.Latest, QueuePicture.Empty);

    public Task<IReadOnlyList<Concern>?> LookAsync(DateTimeOffset now, CancellationToken stop)
    {
        List<Concern> found = [.. Forecasts(now), .. State(now), .. Channels(now)];
        foreach (var over in since.Keys.Except(found.Select(concern => concern.Key), StringComparer.Ordinal)) since.TryRemove(over, out _);
        return Task.FromResult<IReadOnlyList<Concern>?>(found);
    }

    private IEnumerable<Concern> Forecasts(DateTimeOffset now)
    {
        var failure = feed.LastFailure;
        if (failure is null && feed.Latest.Sequence == 0) yield break; // the first is still being made
        var patience = TimeSpan.FromSeconds(5 * engine.Value.ForecastSeconds);
        if (now - feed.Latest.Time <= (patience > LeastForecastPatience ? patience : LeastForecastPatience)) yield break;
        yield return Of("portal:forecast", AlertSeverity.Critical, now, "No forecasts", $"The newest forecast is of {NoticeText.Moment(feed.Latest.Time)}. {(failure is null ? "" : $"The last cycle failed: {failure.Reason} ")}Alerts are not kept up to date until it is mended; the portal's log says more.", "Forecasts are made again.", "system");
    }

    private IEnumerable<Concern> State(DateTimeOffset now)
    {
        if (portal.GetService<StateKeeper>()?.Report is not { Health: >= StateHealth.SaveFailing } report) yield break; // there is none where nothing is kept
        var isCritical = report.Health is StateHealth.DiskFull or StateHealth.NotWritable;
        yield return Of("portal:state", isCritical ? AlertSeverity.Critical : AlertSeverity.Warning, now, isCritical ? "Readings are refused" : "The state is not safe", report.Message ?? "The page System says more.", "The state is safe again.", "system");
    }

    private IEnumerable<Concern> Channels(DateTimeOffset now) =>
        from channel in figures.Latest.Failing
        where now - channel.OldestQueuedAt >= ChannelPatience || channel.Lost >= FutileAttempts // by what the database says alone, so that a restart neither says it twice nor mends it
        select Of($"portal:channel:{channel.Id}", AlertSeverity.Warning, now, $"Channel {channel.Name} takes nothing", $"{Waiting(channel)} {channel.Fault}", $"The channel {channel.Name} takes messages again, or was changed or switched off.", "admin/channels")
            with { ExceptChannel = channel.Id };

    private static string Waiting(ChannelFigures channel) => string.Create(CultureInfo.InvariantCulture,
        $"The channel {channel.Name} takes nothing: {channel.Queued} {(channel.Queued == 1 ? "message waits" : "messages wait")}, {channel.Dead} {(channel.Dead == 1 ? "is" : "are")} given up.");

    private Concern Of(string key, AlertSeverity severity, DateTimeOffset now, string title, string message, string over, string page) => new()
    {
        Key = key,
        Kind = NoticeKind.Portal,
        Severity = severity,
        IsBreaching = true,
        StartedAt = since.GetOrAdd(key, now),
        Title = title,
        Message = message,
        Over = over,
        Page = page,
    };
}
