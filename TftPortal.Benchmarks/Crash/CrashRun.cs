using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.State;
using TftPortal.Engine.Window;

namespace TftPortal.Benchmarks.Crash;

/// <summary>
/// Kills a portal under load, again and again, over one folder. After every start it has the state saved, reads the file itself, and looks for every reading of every batch that was ever acknowledged:
/// batch n is second n of a past, and says n in its values.
/// </summary>
internal sealed class CrashRun(CrashPlan plan, string folder, TimeProvider clock)
{
    private const int MostBatches = 18 * 3600; // a past of that many seconds, well within what the window remembers
    private readonly Random random = new(plan.Seed);
    private readonly long start = (clock.GetUtcNow().AddHours(-20).ToUnixTimeMilliseconds() / 1000) * 1000;
    private readonly ConcurrentDictionary<int, bool> acknowledged = [];
    private readonly List<string> lost = [];
    private readonly List<string> unreadable = [];
    private readonly List<TimeSpan> starts = [];
    private int next;
    private int whileSaving;
    private bool isSaving;
    private long replayed;

    /// <summary>Runs it.</summary>
    public async Task<CrashReport> RunAsync(CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        for (var kill = 0; kill < plan.Kills; kill++)
        {
            using var portal = await StartAsync(stop);
            await LookAsync(portal, stop);
            await KillUnderLoadAsync(portal, withSave: kill % 2 == 1, stop);
        }

        using (var last = await StartAsync(stop)) await LookAsync(last, stop);
        starts.Sort();
        return new(plan.Kills, whileSaving, acknowledged.Count, lost, unreadable, replayed, starts[starts.Count / 2], clock.GetElapsedTime(began));
    }

    private async Task<CrashPortal> StartAsync(CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        var portal = await CrashPortal.StartAsync(plan.Program, folder, stop);
        starts.Add(clock.GetElapsedTime(began));
        return portal;
    }

    private async Task KillUnderLoadAsync(CrashPortal portal, bool withSave, CancellationToken stop)
    {
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var senders = Enumerable.Range(0, plan.Senders).Select(_ => SendAsync(portal, first, stop)).ToArray();
        await Task.WhenAny(first.Task, Task.WhenAll(senders));
        var saving = withSave ? SaveUntilKilledAsync(portal, stop) : Task.CompletedTask;
        await Task.Delay(plan.Longest * random.NextDouble(), clock, stop);
        if (Volatile.Read(ref isSaving)) whileSaving++;
        await portal.KillAsync();
        await Task.WhenAll([saving, .. senders]);
    }

    private async Task SaveUntilKilledAsync(CrashPortal portal, CancellationToken stop)
    {
        do Volatile.Write(ref isSaving, true);
        while (await portal.SaveAsync(stop));
        Volatile.Write(ref isSaving, false);
    }

    private async Task SendAsync(CrashPortal portal, TaskCompletionSource first, CancellationToken stop)
    {
        while (Interlocked.Increment(ref next) - 1 is var batch && batch < MostBatches && await portal.FeedAsync(Body(batch), stop))
        {
            acknowledged[batch] = true;
            first.TrySetResult();
        }
    }

    private async Task LookAsync(CrashPortal portal, CancellationToken stop)
    {
        var state = (await portal.StatusAsync(stop)).GetProperty("state");
        replayed += state.GetProperty("replay").GetProperty("batches").GetInt64();
        if (state.GetProperty("health").GetString() != "good" || state.GetProperty("set_aside").GetArrayLength() > 0) unreadable.Add(state.GetRawText());
        if (!await portal.SaveAsync(stop)) throw new InvalidOperationException("The portal could not save its state.");
        await using var file = File.OpenRead(Path.Combine(folder, "inference_rolling_window.parquet"));
        var servers = (await SnapshotReader.ReadAsync(file)).Image.Servers.ToDictionary(server => server.Snapshot.Name, StringComparer.Ordinal);
        lost.AddRange(acknowledged.Keys.Order().Where(batch => !IsWhole(batch, servers)).Select(batch => string.Create(CultureInfo.InvariantCulture, $"batch {batch} was acknowledged, and is not there")));
    }

    private bool IsWhole(int batch, Dictionary<string, ServerImage> servers)
    {
        var step = (start / 1000) + batch;
        for (var record = 0; record < plan.Records; record++)
        {
            if (!servers.TryGetValue(Name(record), out var server)) return false;
            var history = server.Snapshot.History;
            if (history.ReadingsIn(step) != 1 || MathF.Abs(history.At(Metric.MemUsedPercent, step) - (batch % 100)) > 0.01f) return false;
        }

        return true;
    }

    private byte[] Body(int batch)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(start + (batch * 1000L)).ToString("O", CultureInfo.InvariantCulture);
        var body = new StringBuilder("{\"records\":[");
        for (var record = 0; record < plan.Records; record++)
        {
            if (record > 0) body.Append(',');
            body.Append(CultureInfo.InvariantCulture, $$"""{"timestamp":"{{time}}","server_name":"{{Name(record)}}","mem_used_pct":{{batch % 100}},"cpu_idle_pct":{{record}},"load_average":{{batch}},"uptime_days":1}""");
        }

        return Encoding.UTF8.GetBytes(body.Append("]}").ToString());
    }

    private static string Name(int record) => string.Create(CultureInfo.InvariantCulture, $"crash-{record:00}");
}
