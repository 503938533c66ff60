using Microsoft.Extensions.Options;
using TftPortal.Access.Records;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Senders;

namespace TftPortal.Notifications.Delivery;

/// <summary>Delivers to one channel, one message after the other; each channel has its own, so that none waits for another.</summary>
internal sealed class Courier(ChannelStore channels, DeliveryQueue queue, Dispatch dispatch, QueueFigures figures, Bell bell, IOptions<NotificationOptions> options, TimeProvider clock, ILogger<Courier> log)
{
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(1); // then it looks whatever happened
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    /// <summary>Delivers until it is stopped.</summary>
    public async Task RunAsync(string channelId, CancellationToken stop)
    {
        var repeated = clock.GetTimestamp();
        var unnoted = new Unnoted();
        while (!stop.IsCancellationRequested)
        {
            var ring = bell.Next;
            TimeSpan wait;
            try
            {
                if (await channels.GetAsync(channelId, stop) is not { IsEnabled: true } channel) return;
                wait = await StepAsync(channel, unnoted, stop);
                if (channel.Kind == ChannelKind.Alertmanager && wait > TimeSpan.Zero)
                {
                    var every = TimeSpan.FromSeconds(options.Value.AlertmanagerSeconds);
                    if (clock.GetElapsedTime(repeated) >= every)
                    {
                        repeated = clock.GetTimestamp();
                        await RepeatAsync(channel, stop);
                    }

                    wait = wait < every ? wait : every;
                }
            }
            catch (Exception fault) when (!stop.IsCancellationRequested) // the database fails, as a rule; whatever it is, the other channels go on
            {
                Log.CourierFails(log, channelId, fault);
                wait = unnoted.Fails == 0 ? AfterFault : AfterFault * Math.Min(12, unnoted.Fails);
            }

            if (wait > TimeSpan.Zero) await Bell.WaitAsync(ring, wait, clock, stop);
        }
    }

    /// <summary>Makes the next attempt, where one is due.</summary>
    /// <returns>How long there is nothing to do.</returns>
    private async Task<TimeSpan> StepAsync(Channel channel, Unnoted unnoted, CancellationToken stop)
    {
        await NoteAsync(channel, unnoted);
        if (await queue.HeadAsync(channel.Id, stop) is not { } head) return AtMost;
        var rest = head.NextAt - clock.GetUtcNow();
        if (rest > TimeSpan.Zero && rest <= BackOff.LongestRetryAfter) return rest < AtMost ? rest : AtMost;
        unnoted.Attempt = (head, await dispatch.SendAsync(channel, NoticeJson.Read<Notice>(head.Notice), stop));
        await NoteAsync(channel, unnoted);
        return TimeSpan.Zero;
    }

    // While the database can be read but not written, the same message must not be sent again and again: what became of it is written down before anything else is sent.
    private async Task NoteAsync(Channel channel, Unnoted unnoted)
    {
        if (unnoted.Attempt is not { } attempt) return;
        unnoted.Fails++;
        await queue.NoteAsync(attempt.Row, channel.Kind.WireName(), attempt.Outcome);
        (unnoted.Attempt, unnoted.Fails) = (null, 0); // before anything else can fail
        await figures.RefreshAsync(CancellationToken.None);
    }

    private async Task RepeatAsync(Channel channel, CancellationToken stop)
    {
        var standing = await queue.StandingAsync(channel.Id, stop);
        if (standing.Count == 0) return;
        await queue.NoteChannelAsync(channel.Id, await dispatch.RepeatAsync(channel, standing, stop));
    }

    /// <summary>An attempt whose outcome is not written down yet, and how often that failed.</summary>
    private sealed class Unnoted
    {
        public (DeliveryRow Row, Outcome Outcome)? Attempt { get; set; }

        public int Fails { get; set; }
    }
}

internal static partial class Log
{
    [LoggerMessage(5, LogLevel.Error, "Deliveries to the channel {Channel} rest. They are tried again.")]
    public static partial void CourierFails(ILogger logger, string channel, Exception fault);
}
