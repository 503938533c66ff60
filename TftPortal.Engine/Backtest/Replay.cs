using System.Collections.Immutable;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;
using TftPortal.Engine.History;
using TftPortal.Engine.Risk;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.Backtest;

/// <summary>
/// Lives through the past again: the same window, fed step by step; the same forecasters, which see of each moment what was known then; and trials that judge each picture.
/// It forecasts once, however many judge.
/// </summary>
internal sealed class Replay(ReplaySpan span, WindowLimits limits, FleetForecaster forecaster, ImmutableArray<Trial> trials)
{
    /// <summary>Steps before the first that counts in which the trials warm up: what stands then was raised before.</summary>
    public const int WarmUp = InputShape.Hour;

    private readonly FleetWindow window = new(limits with { MaxServers = Math.Max(1, span.Servers.Length) });
    private readonly Dictionary<string, float[]> past = span.Servers.ToDictionary(server => server.Name, _ => Empty(span), StringComparer.Ordinal);

    /// <summary>The gauge of a server, a value a step from <see cref="WarmUp"/> before the first that counts on; NaN where there is none.</summary>
    public ReadOnlySpan<float> PastOf(string server) => past[server];

    /// <summary>Lives through it, a day at a time.</summary>
    /// <param name="read">Gives the steps between two, in their order.</param>
    /// <param name="judged">Told after each step how many servers it had.</param>
    /// <param name="stop">Ends it between two batches of forecasts.</param>
    public void Run(Func<long, long, ReadingBatch> read, Action<int> judged, CancellationToken stop)
    {
        for (var day = span.From - InputShape.Week; day < span.Known; day += InputShape.History)
        {
            var end = Math.Min(day + InputShape.History, span.Known);
            var rows = read(day, end);
            var row = 0;
            for (var step = day; step < end; step++)
            {
                stop.ThrowIfCancellationRequested();
                Take(rows, ref row, step);
                if (step < span.From - WarmUp || step >= span.Until) continue;
                Judge(step, stop);
                judged(span.Servers.Length);
            }
        }
    }

    private void Take(ReadingBatch rows, ref int row, long step)
    {
        var batch = new ReadingBatch();
        for (; row < rows.Count && limits.Grid.StepOf(rows.UnixMilliseconds(row)) <= step; row++)
        {
            if (!past.TryGetValue(rows.Server(row), out var values)) continue;
            if (step >= span.From - WarmUp) values[step - span.From + WarmUp] = span.Gauge.Of(rows.Values(row));
            batch.Add(rows.Server(row), rows.UnixMilliseconds(row), rows.Profile(row), rows.Status(row), rows.Values(row));
        }

        // What comes after the range tells only whether an alert was right.
        if (batch.Count > 0 && step < span.Until) window.Apply(batch, EndOf(step));
    }

    private void Judge(long step, CancellationToken stop)
    {
        var now = EndOf(step);
        var servers = window.Snapshot(now).Servers;
        if (servers.IsEmpty) return;
        var forecasts = forecaster.Forecast(servers, step + 1, stop);
        // No alert depends on a risk score; it is not worked out.
        ImmutableArray<ServerOutlook> outlooks = [.. servers.Zip(forecasts, (server, forecast) => new ServerOutlook(server, forecast, RiskScore.None))];
        foreach (var trial in trials) trial.Look(outlooks, now, (int)(step - span.From));
    }

    private DateTimeOffset EndOf(long step) => limits.Grid.StartOf(step + 1).AddMilliseconds(-1);

    private static float[] Empty(ReplaySpan span)
    {
        var values = new float[span.Known - span.From + WarmUp];
        Array.Fill(values, float.NaN);
        return values;
    }
}

/// <summary>What is lived through.</summary>
/// <param name="Servers">The servers.</param>
/// <param name="Gauge">What is measured, as a person sees it.</param>
/// <param name="From">The first step that counts.</param>
/// <param name="Until">One past the last.</param>
/// <param name="Known">One past the last that is known: at most an hour and an incident's beginning after it.</param>
internal sealed record ReplaySpan(ImmutableArray<SeenServer> Servers, Gauge Gauge, long From, long Until, long Known)
{
    /// <summary>How many steps count.</summary>
    public int Steps => (int)(Until - From);
    /// <summary>How many steps of servers are judged.</summary>
    public long ServerSteps => (long)Servers.Length * (Steps + Replay.WarmUp);
    /// <summary>How much work that is, as steps of servers in full batches: of few servers a step costs more.</summary>
    public long Work => (long)OnnxForecaster.WorkOf(Servers.Length) * (Steps + Replay.WarmUp);
}
