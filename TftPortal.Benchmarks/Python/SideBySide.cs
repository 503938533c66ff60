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

    /// <summary>Sends a day of the fleet, which is not measured, and then batches of 500 of now; returns the records a CPU second.</summary>
    public async Task<double> FeedAsync(CancellationToken stop)
    {
        const int Batches = 200;
        await FeedPastAsync(stop);
        var size = Math.Min(Records, servers);
        for (var batch = 0; batch < Batches; batch++) await PostAsync(fleet.Body(0, size, clock.GetUtcNow()), stop);
        await RestAsync(stop); // forecasts and compilers that the fleet's arrival set going
        var before = cpuSeconds();
        for (var batch = 0; batch < Batches; batch++) await PostAsync(fleet.Body(0, size, clock.GetUtcNow()), stop);
        return Batches * size / (cpuSeconds() - before);
    }

    /// <summary>Waits until the process uses less than a tenth of a core, at most a minute.</summary>
    public async Task RestAsync(CancellationToken stop)
    {
        for (var look = 0; look < 30; look++)
        {
            var (before, began) = (cpuSeconds(), clock.GetTimestamp());
            await Task.Delay(TimeSpan.FromSeconds(2), clock, stop);
            if ((cpuSeconds() - before) / clock.GetElapsedTime(began).TotalSeconds < .1) return;
        }
    }

    /// <summary>Sends a day of the fleet.</summary>
    public async Task FeedPastAsync(CancellationToken stop)
    {
        foreach (var body in fleet.Past()) await PostAsync(body, stop);
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
