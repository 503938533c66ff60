using System.Collections.Immutable;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Backtest;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;
using TftPortal.Engine.History;
using TftPortal.Engine.Risk;
using TftPortal.Engine.Simulation;
using TftPortal.Tests.Builders;

namespace TftPortal.Tests.Backtest;

/// <summary>A past made up of servers' memory, step by step, on which rules are tried: by the baseline's forecasts, unless a model is given.</summary>
internal sealed class ATrial
{
    public static readonly AlertRule Memory = new() { Name = "memory", Metric = "mem_used_pct", Warning = 90, Critical = 98 };

    private static readonly long Start = AWindow.Grid.StepOf(AReading.Noon);
    private readonly Dictionary<string, Func<int, float[]?>> servers = new(StringComparer.Ordinal);
    private AlertRule[] admins = [];
    private int known = int.MaxValue;

    /// <summary>A server's memory in a step, counted from the first that is judged; NaN where it sends nothing.</summary>
    public ATrial With(string server, Func<int, float> memory)
    {
        servers.Add(server, step => float.IsNaN(memory(step)) ? null : [.. AReading.From(server).WithMemory(memory(step)).Values]);
        return this;
    }

    /// <summary>A simulated server, which memory leaks of from a step on.</summary>
    public ATrial WithLeak(string server, int seed, int? from)
    {
        var simulator = new ServerSimulator(server, ServerProfile.WebApi, seed, temper: ServerTemper.Quiet);
        Dictionary<int, float[]?> made = [];
        for (var step = -2100; step < 300; step++)
        {
            simulator.Scenario = step >= from ? SimulationScenario.Degrading : SimulationScenario.Healthy;
            var values = new float[MetricCatalog.Count];
            made.Add(step, simulator.Advance(AWindow.Grid.StartOf(Start + step), values) ? values : null);
        }

        servers.Add(server, step => made.GetValueOrDefault(step));
        return this;
    }

    /// <summary>Rules that admins have made already.</summary>
    public ATrial Where(params AlertRule[] rules)
    {
        admins = rules;
        return this;
    }

    /// <summary>Nothing is known after a step.</summary>
    public ATrial KnownUntil(int step)
    {
        known = step;
        return this;
    }

    /// <summary>Tries a rule.</summary>
    public BacktestResult Try(AlertRule rule, int steps, IForecaster? model = null, float? incidentFrom = null)
    {
        var listed = new Watchlist(new ThresholdOptions());
        Assert.True(Gauge.TryFind(rule.Metric, out var gauge));
        var span = new ReplaySpan([.. servers.Keys.Select(name => new SeenServer(name, ServerProfile.Generic))], gauge, Start, Start + steps, Start + Math.Min(steps + 15, known));
        var order = new BacktestOrder { Rule = rule, Range = new(AReading.Noon, AWindow.Grid.StartOf(span.Until)), IncidentFrom = incidentFrom };
        var of = new BacktestCase(order, span, listed.Only(rule.Metric, [.. admins, rule]), listed.Only(rule.Metric, admins));
        var pace = new TrialPace(AWindow.Grid, TimeSpan.FromSeconds(30));
        Trial tried = new(of.Tried, new AlertOptions(), pace, steps), today = new(of.Today, new AlertOptions(), pace, steps);
        var replay = new Replay(span, new() { Grid = AWindow.Grid }, new FleetForecaster(new BaselineForecaster(AWindow.Grid, TimeProvider.System), model), [tried, today]);
        replay.Run(Read, _ => { }, TestContext.Current.CancellationToken);
        return new Verdict(of, replay, AWindow.Grid).Give("test-1", tried, today);
    }

    private ReadingBatch Read(long from, long until)
    {
        var batch = new ReadingBatch();
        for (var step = from; step < until; step++)
        {
            foreach (var (name, values) in servers)
            {
                if (values((int)(step - Start)) is { } read) batch.Add(name, ((step + 1) * AWindow.Grid.StepMilliseconds) - 1, ServerProfile.Generic, ServerStatus.Healthy, read);
            }
        }

        return batch;
    }
}
