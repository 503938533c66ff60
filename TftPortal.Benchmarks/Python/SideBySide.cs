using TftPortal.Benchmarks.Load;

namespace TftPortal.Benchmarks.Python;

/// <summary>The same work for the portal and for the stand-in, by the same client.</summary>
/// <param name="client">Of one of them.</param>
/// <param name="cpuSeconds">CPU seconds of its process so far.</param>
/// <param name="servers">Servers of the fleet.</param>
/// <param name="clock">The time.</param>
internal sealed class SideBySide(PortalClient client, Func<double> cpuSeconds, int servers, TimeProvider clock)
{
    private const int Records = 500, Few = 20;
    private readonly LoadFleet fleet = new(servers, seed: 1, clock);

    /// <summary>Sends a day of the fleet in batches of 500; returns the records a CPU second.</summary>
    public async Task<double> FeedAsync(CancellationToken stop)
    {
        var (before, records) = (cpuSeconds(), 0);
        foreach (var body in fleet.Past())
        {
            await PostAsync(body, stop);
            records += Math.Min(Records, servers);
        }

        return records / (cpuSeconds() - before);
    }

    /// <summary>CPU milliseconds of <c>GET /predictions/current</c>.</summary>
    public async Task<double> ReadAsync(int count, CancellationToken stop)
    {
        await client.DrainAsync("predictions/current", null, null, stop);
        var before = cpuSeconds();
        for (var ask = 0; ask < count; ask++) await client.DrainAsync("predictions/current", null, null, stop);
        return (cpuSeconds() - before) * 1e3 / count;
    }

    /// <summary>The slowest POST of 20 records, milliseconds, while forecasts are asked for and made.</summary>
    /// <param name="length">How long.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<double> SlowestPostAsync(TimeSpan length, CancellationToken stop)
    {
        var end = clock.GetUtcNow() + length;
        var reading = Task.Run(async () =>
        {
            while (clock.GetUtcNow() < end) await client.DrainAsync("predictions/current", null, null, stop);
        }, stop);
        List<Task<Answer>> sent = [];
        for (var post = 0; clock.GetUtcNow() < end; post++)
        {
            sent.Add(PostAsync(fleet.Body(post * Few % (servers - Few), Few, clock.GetUtcNow()), stop));
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, stop);
        }

        var answers = await Task.WhenAll(sent);
        await reading;
        return answers.Max(answer => answer.Took.TotalMilliseconds);
    }

    private async Task<Answer> PostAsync(ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        var answer = await client.PostAsync(body, clock.GetUtcNow(), stop);
        return answer.IsGood ? answer : throw new InvalidOperationException($"A batch was answered with {answer.Status}.");
    }
}
