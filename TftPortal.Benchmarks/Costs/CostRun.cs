using System.Globalization;
using TftPortal.Benchmarks.Load;

namespace TftPortal.Benchmarks.Costs;

/// <summary>
/// What requests cost a portal, in CPU time of its process: answers of a picture that stands, and batches of 500 records with their journal. No forecast cycle runs meanwhile;
/// what the process spends while nobody asks is taken off.
/// </summary>
internal sealed class CostRun(LoadFleet fleet, PortalClient client, PortalUnderLoad portal, TimeProvider clock)
{
    /// <summary>Records of a batch: 500.</summary>
    public const int Records = 500;

    private double idle = double.PositiveInfinity;

    /// <summary>CPU milliseconds that the process spends a second while nobody asks: the least seen so far.</summary>
    public double IdleMilliseconds => idle * 1e3;

    /// <summary>Watches the process while nobody asks: a compiler that still works, or a save, is not what it spends always, so the least counts.</summary>
    public async Task RestAsync(CancellationToken stop)
    {
        for (var look = 0; look < 3; look++)
        {
            var (before, began) = (portal.Figures.CpuSeconds, clock.GetTimestamp());
            await Task.Delay(TimeSpan.FromSeconds(2), clock, stop);
            idle = Math.Min(idle, (portal.Figures.CpuSeconds - before) / clock.GetElapsedTime(began).TotalSeconds);
        }
    }

    /// <summary>CPU milliseconds of one answer.</summary>
    /// <param name="path">What is asked.</param>
    /// <param name="accepted">The coding that is accepted; null for none.</param>
    /// <param name="isKnown">Whether the client has it already: 304.</param>
    /// <param name="count">How often.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<double> GetAsync(string path, string? accepted, bool isKnown, int count, CancellationToken stop)
    {
        var tag = await client.DrainAsync(path, accepted, null, stop); // the answer is made, and compressed, once a picture
        for (var warm = 0; warm < count / 4; warm++) await client.DrainAsync(path, accepted, isKnown ? tag : null, stop);
        return await CostAsync(async () =>
        {
            for (var ask = 0; ask < count; ask++) await client.DrainAsync(path, accepted, isKnown ? tag : null, stop);
        }) * 1e3 / count;
    }

    /// <summary>Records a CPU second.</summary>
    /// <param name="seconds">How long batches are sent.</param>
    /// <param name="senders">How many at once.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<double> FeedAsync(double seconds, int senders, CancellationToken stop)
    {
        await SendAsync(seconds / 3, senders, stop); // the just-in-time compiler has its time
        var sent = 0L;
        return 1 / (await CostAsync(async () => sent = await SendAsync(seconds, senders, stop)) / sent);
    }

    private async Task<long> SendAsync(double seconds, int senders, CancellationToken stop)
    {
        var end = clock.GetUtcNow().AddSeconds(seconds);
        var sent = 0L;
        await Task.WhenAll(Enumerable.Range(0, senders).Select(async sender =>
        {
            await Task.Yield();
            for (var round = 0; clock.GetUtcNow() < end; round++)
            {
                var body = fleet.Body(0, Records, clock.GetUtcNow().AddMilliseconds(sender));
                var answer = await client.PostAsync(body, clock.GetUtcNow(), stop);
                if (answer.Status != 200) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"A batch was answered with {answer.Status}."));
                Interlocked.Add(ref sent, Records);
            }
        }));
        return sent;
    }

    private async Task<double> CostAsync(Func<Task> work)
    {
        var (before, began) = (portal.Figures.CpuSeconds, clock.GetTimestamp());
        await work();
        return portal.Figures.CpuSeconds - before - (idle * clock.GetElapsedTime(began).TotalSeconds);
    }
}
