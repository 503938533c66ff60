using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text.Json;

namespace TftPortal.Benchmarks.Load;

/// <summary>What a load run found.</summary>
/// <param name="Started">When measuring began.</param>
/// <param name="Answers">Every answer of the measured time.</param>
/// <param name="Cycles">The forecast cycles that touch it.</param>
/// <param name="Pauses">The garbage collector's pauses in it.</param>
/// <param name="Before">The figures when measuring began.</param>
/// <param name="After">The figures when it ended.</param>
internal sealed record LoadResult(DateTimeOffset Started, ImmutableArray<Answer> Answers, ImmutableArray<Cycle> Cycles, ImmutableArray<Pause> Pauses, ProcessFigures Before, ProcessFigures After);

/// <summary>Posts, reads and watches for a while. POSTs are sent when they are due, answered or not: a slow answer delays no later one.</summary>
internal sealed class LoadRun(LoadPlan plan, PortalClient client, LoadFleet fleet, PortalUnderLoad portal, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentBag<Answer> answers = [];
    private readonly List<Cycle> cycles = [];

    /// <summary>Sends the fleet's past, and waits until every server is forecast by the network.</summary>
    public static async Task WarmAsync(PortalClient client, LoadFleet fleet, TimeProvider clock, CancellationToken stop)
    {
        foreach (var body in fleet.Past())
        {
            if (await client.PostAsync(body, clock.GetUtcNow(), stop) is { IsGood: false } refused) throw new InvalidOperationException($"The past was refused: {refused.Status}.");
        }

        while (true)
        {
            var predictions = (await client.JsonAsync("predictions/current?metric=load_average", stop)).GetProperty("predictions");
            var byNetwork = predictions.EnumerateObject().Count(server => server.Value.GetProperty("model_type").ValueEquals("tft"));
            if (byNetwork >= fleet.Count) break;
            Console.Error.WriteLine($"{byNetwork} of {fleet.Count} servers are forecast by the network.");
            await Task.Delay(TimeSpan.FromSeconds(1), clock, stop);
        }
    }

    /// <summary>Warms up, then measures.</summary>
    public async Task<LoadResult> MeasureAsync(CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var started = clock.GetUtcNow() + plan.WarmUp;
        var ended = started + plan.Measured;
        var work = Task.WhenAll(PostAsync(ended, stop), ReadAsync(ended, stop), WatchAsync(end.Token));
        await Task.Delay(plan.WarmUp, clock, stop);
        var before = portal.Figures;
        await Task.Delay(plan.Measured, clock, stop);
        var after = portal.Figures;
        await Task.Delay(TimeSpan.FromSeconds(plan.ForecastSeconds + 2), clock, stop); // the cycle that runs now is seen once it is over
        await end.CancelAsync();
        await work;
        return new(started,
            [.. answers.Where(answer => answer.Start >= started && answer.Start < ended)],
            [.. cycles.Where(cycle => cycle.Start < ended && cycle.Start + cycle.Took > started)],
            [.. portal.Pauses.Where(pause => pause.End >= started && pause.End < ended)],
            before, after);
    }

    private async Task PostAsync(DateTimeOffset ended, CancellationToken stop)
    {
        using var senders = new SemaphoreSlim(plan.Senders);
        var posts = (fleet.Count + plan.Records - 1) / plan.Records;
        var sent = new List<Task>();
        var began = clock.GetUtcNow();
        for (var post = 0L; ; post++)
        {
            var due = began + (plan.Interval / posts * post);
            if (due >= ended) break;
            var first = (int)(post % posts) * plan.Records;
            var body = fleet.Body(first, Math.Min(plan.Records, fleet.Count - first), due);
            if (due - clock.GetUtcNow() is { Ticks: > 0 } wait) await Task.Delay(wait, clock, stop);
            var asked = clock.GetUtcNow();
            await senders.WaitAsync(stop); // what it waits here counts
            sent.Add(SendAsync(body, asked));
            if (sent.Count >= 4096) sent.RemoveAll(task => task.IsCompletedSuccessfully);
        }

        await Task.WhenAll(sent);

        async Task SendAsync(ReadOnlyMemory<byte> body, DateTimeOffset asked)
        {
            try
            {
                answers.Add(await client.PostAsync(body, asked, stop));
            }
            finally
            {
                senders.Release();
            }
        }
    }

    private async Task ReadAsync(DateTimeOffset ended, CancellationToken stop)
    {
        EntityTagHeaderValue? tag = null;
        while (clock.GetUtcNow() < ended)
        {
            answers.Add(await client.GetAsync("predictions/current", null, (_, newest) => tag = newest, stop));
            answers.Add(await client.GetAsync("predictions/current", tag, null, stop));
            answers.Add(await client.GetAsync("alerts/active", null, null, stop));
            await Task.Delay(plan.ReadEvery, clock, stop);
        }
    }

    /// <summary>Asks <c>/status</c> again and again, for it tells when the latest cycle ended and how long it took.</summary>
    private async Task WatchAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Look, clock);
        try
        {
            do answers.Add(await client.GetAsync("status", null, (body, _) => Note(body), stop));
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    private void Note(byte[] body)
    {
        using var status = JsonDocument.Parse(body);
        var age = status.RootElement.GetProperty("forecast_age_seconds");
        if (age.ValueKind != JsonValueKind.Number) return;
        var took = TimeSpan.FromSeconds(status.RootElement.GetProperty("forecast_seconds").GetDouble());
        var start = clock.GetUtcNow() - TimeSpan.FromSeconds(age.GetDouble()) - took;
        if (cycles.Count > 0 && start - cycles[^1].Start < cycles[^1].Took) return; // seen already: a cycle starts after the one before
        cycles.Add(new(start, took));
    }
}
