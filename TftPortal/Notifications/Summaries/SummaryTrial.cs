using TftPortal.Engine.History;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Delivery;
using TftPortal.Notifications.Senders;

namespace TftPortal.Notifications.Summaries;

/// <summary>Tries a channel with the summary of the last seven days, beside the queue.</summary>
internal sealed class SummaryTrial(WeeklySummary summary, Dispatch dispatch)
{
    /// <summary>Sends it.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="by">Who tries it.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Outcome> SendAsync(Channel channel, string by, CancellationToken stop)
    {
        if (channel.KeepsState) return Outcome.Refused($"{channel.Kind.Title()} keeps what is open until it is over, and a summary never is: it gets none.");
        try
        {
            return await dispatch.SendAsync(channel, await summary.ExampleAsync(channel, by, stop), stop);
        }
        catch (HistoryUnavailableException fault)
        {
            return Outcome.TryAgain(fault.Message);
        }
    }
}
