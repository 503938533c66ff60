using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Delivery;

namespace TftPortal.Notifications.Senders;

/// <summary>Makes one attempt with whoever speaks a channel's language: within a time, and with nothing secret in what is said of it.</summary>
internal sealed class Dispatch(IEnumerable<IChannelSender> senders, AlertmanagerSender alertmanager, IOptions<NotificationOptions> options, TimeProvider clock, ILogger<Dispatch> log)
{
    /// <summary>What is said where the keys that the secrets were protected with are gone.</summary>
    public const string Unreadable = "Its secrets can't be read: the keys in protection/ are not those that it was made with. Enter its secrets anew.";

    private const int MaxFault = 250; // characters, once secrets are out of it

    // An attempt under way when the portal stops: cut off at once, it would often be made twice.
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(3);
    private readonly FrozenDictionary<ChannelKind, IChannelSender> byKind = senders.ToFrozenDictionary(sender => sender.Kind);

    /// <summary>Makes one attempt.</summary>
    /// <exception cref="OperationCanceledException">The portal stops, and the attempt did not end.</exception>
    public Task<Outcome> SendAsync(Channel channel, Notice notice, CancellationToken stop) =>
        AttemptAsync(channel, (secrets, over) => byKind[channel.Kind].SendAsync(channel.Settings, secrets, notice, over), stop);

    /// <summary>Tells an Alertmanager again what stands.</summary>
    /// <exception cref="OperationCanceledException">The portal stops, and the attempt did not end.</exception>
    public Task<Outcome> RepeatAsync(Channel channel, IReadOnlyList<Notice> standing, CancellationToken stop) =>
        AttemptAsync(channel, (secrets, over) => alertmanager.SendAsync(channel.Settings, secrets, standing, over), stop);

    /// <summary>Tries a channel, beside the queue.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="by">Who tries it.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Outcome> TestAsync(Channel channel, string by, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var notice = new Notice
        {
            Id = Guid.CreateVersion7(now),
            Concern = $"test:{channel.Id}",
            Kind = NoticeKind.Test,
            Step = NoticeStep.Raised,
            Severity = Engine.Fleet.AlertSeverity.Warning,
            IsBreaching = false,
            At = now,
            StartedAt = now,
            Title = "Test of a channel",
            Message = $"{by} sent this to try the channel {channel.Name}. Nothing is wrong.",
            Link = options.Value.PortalUrl.Length == 0 ? null : $"{options.Value.PortalUrl.TrimEnd('/')}/admin/channels",
        };
        var outcome = await SendAsync(channel, notice, stop);
        if (outcome.Kind != OutcomeKind.Delivered || !channel.KeepsState) return outcome;
        return await SendAsync(channel, notice with { Id = Guid.CreateVersion7(now), Step = NoticeStep.Resolved, ResolvedAt = now }, stop); // nothing of a test stays open there
    }

    private async Task<Outcome> AttemptAsync(Channel channel, Func<ChannelSecrets, CancellationToken, Task<Outcome>> attempt, CancellationToken stop)
    {
        if (channel.Secrets is not { } secrets) return Outcome.TryAgain(Unreadable);
        // The machine's own clock: the network does not keep to one that a test moves.
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.TimeoutSeconds), TimeProvider.System);
        await using var stopping = stop.Register(() => over.CancelAfter(StopGrace));
        try
        {
            var outcome = await attempt(secrets, over.Token);
            return outcome with { Fault = NoticeText.Cut(secrets.Redact(outcome.Fault, channel.Settings.UserName), MaxFault) };
        }
        catch (OperationCanceledException)
        {
            stop.ThrowIfCancellationRequested();
            return Outcome.TryAgain($"No answer within {options.Value.TimeoutSeconds} s.");
        }
        catch (Exception fault)
        {
            // What nobody foresaw is one message's trouble and not its channel's end. Its text may hold what was sent, so that the log has only where it happened.
            Log.Unforeseen(log, channel.Kind, channel.Id, fault.GetType().Name, secrets.Redact(fault.StackTrace ?? ""));
            return Outcome.TryAgain($"The portal could not make the attempt ({fault.GetType().Name}); its log says more.");
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(8, LogLevel.Error, "An attempt to deliver to the {Kind} channel {Channel} failed with a {Fault} at {Where}")]
    public static partial void Unforeseen(ILogger logger, ChannelKind kind, string channel, string fault, string where);
}
