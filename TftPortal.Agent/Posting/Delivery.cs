namespace TftPortal.Agent.Posting;

/// <summary>Carries readings from the buffer to the portal, oldest first, for as long as it takes.</summary>
/// <param name="buffer">Where they wait.</param>
/// <param name="client">Posts them.</param>
/// <param name="backOff">Says how long to wait after a failure.</param>
/// <param name="log">Tells what a person should know; an outage is one line, not one a try.</param>
/// <param name="clock">Waits.</param>
internal sealed class Delivery(ReadingBuffer buffer, FeedClient client, BackOff backOff, AgentLog log, TimeProvider clock)
{
    /// <summary>Readings of one post: some 150 KB, far below the portal's 10 MB.</summary>
    public const int LargestBatch = 500;

    private readonly RefusalLog refusals = new(log, clock);
    private int batchSize = LargestBatch;
    private string? trouble;

    /// <summary>Whether the portal ever refused a reading.</summary>
    public bool HasRefusals => refusals.Any;

    /// <summary>Delivers until it is stopped.</summary>
    /// <param name="stop">Ends it between two posts: a post that is under way may have been taken already, and would be sent twice.</param>
    /// <param name="abort">Ends the post that is under way, too.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        while (true)
        {
            await buffer.WhenFilledAsync(stop);
            stop.ThrowIfCancellationRequested();
            if (await PostOldestAsync(abort) is { } failure) await Task.Delay(backOff.After(failure), clock, stop);
        }
    }

    /// <summary>Delivers what waits, without a second try.</summary>
    /// <returns>Whether nothing waits any more.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<bool> FlushAsync(CancellationToken stop)
    {
        while (buffer.Count > 0)
        {
            if (await PostOldestAsync(stop) is not null) return false;
        }

        return true;
    }

    /// <returns>The answer when it left the batch waiting; null when the next batch may follow.</returns>
    private async Task<FeedAnswer?> PostOldestAsync(CancellationToken stop)
    {
        var batch = buffer.Peek(batchSize);
        var answer = await client.PostAsync(batch.Readings, stop);
        switch (answer.Outcome)
        {
            case FeedOutcome.Settled:
                buffer.Remove(batch);
                Recovered(batch.Readings.Count);
                refusals.Note(answer, batch.Readings.Count);
                return null;
            case FeedOutcome.TooLarge when batch.Readings.Count > 1:
                batchSize = Math.Max(1, batch.Readings.Count / 2);
                return null;
            case FeedOutcome.TooLarge:
                buffer.Remove(batch);
                log.Warning($"The portal takes not even one reading: {answer.Message}. It is dropped.");
                return null;
            default:
                Troubled(answer);
                return answer;
        }
    }

    private void Troubled(FeedAnswer answer)
    {
        if (trouble == answer.Message) return;
        trouble = answer.Message;
        if (answer.Outcome == FeedOutcome.Denied) log.Error($"The portal does not take this agent's readings: {answer.Message}. Check the key (TFT_API_KEY) and --url; tried again every two minutes, readings wait.");
        else log.Warning($"The portal cannot be reached: {answer.Message}. Readings wait.");
    }

    private void Recovered(int delivered)
    {
        backOff.Reset();
        if (trouble is null) return;
        trouble = null;
        var dropped = buffer.TakeDropped();
        log.Info($"The portal is back: delivered {delivered} readings, {buffer.Count} still wait{(dropped > 0 ? $", {dropped} were dropped because the buffer was full" : "")}.");
    }
}
