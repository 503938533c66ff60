using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Simulation;

namespace TftPortal.Demo;

/// <summary>
/// The simulated fleet of <c>--demo</c>, and the scenario that befalls one of its servers. In the container only when the demo is on. Safe for several threads.
/// Its servers' day follows the local time zone.
/// </summary>
public sealed class DemoFleet
{
    /// <summary>For how many steps the incident has been under way when the portal starts: late enough to see it coming, early enough to be there before it.</summary>
    private const int IncidentSteps = 14;

    /// <summary>How many of those are at the worst, when the scenario is critical from the start.</summary>
    private const int CriticalSteps = 3;

    private static readonly StepGrid Steps = new(300); // the simulator's, whatever the engine's

    private readonly Lock gate = new();
    private readonly DemoOptions options;
    private readonly TimeProvider clock;
    private readonly ImmutableArray<DemoServer> servers;
    private readonly DemoServer incident;
    private SimulationScenario scenario;
    private long? current;

    /// <summary>Draws the fleet; nothing happens to it until it is read.</summary>
    public DemoFleet(IOptions<DemoOptions> options, TimeProvider clock)
    {
        this.options = options.Value;
        this.clock = clock;
        scenario = this.options.Scenario;
        var simulators = new FleetSimulator(this.options.Servers, this.options.Seed).Servers;
        servers = [.. simulators.Select((simulator, index) => new DemoServer(simulator, unchecked(this.options.Seed + index)))];
        // The incident shows best where there is everything to see: Java, swap, people by day.
        var place = simulators
            .Select((simulator, index) => (index, fit: (simulator.Temper == ServerTemper.Ordinary ? 4 : 0) + (simulator.HasSwap ? 2 : 0) + (simulator.HasJava ? 1 : 0)))
            .MaxBy(candidate => candidate.fit).index;
        incident = servers[place];
    }

    /// <summary>Raised after <see cref="Scenario"/> has changed, on the thread that changed it.</summary>
    public event Action? Changed;

    /// <summary>What befalls <see cref="IncidentServer"/>; a change shows in its next reading.</summary>
    public SimulationScenario Scenario
    {
        get
        {
            lock (gate) return scenario;
        }

        set
        {
            lock (gate)
            {
                if (scenario == value) return;
                scenario = value;
                if (current is not null) incident.Switch(value, clock.GetUtcNow());
            }

            Changed?.Invoke();
        }
    }

    /// <summary>Name of the server that the scenario befalls.</summary>
    public string IncidentServer => incident.Name;

    /// <summary>Names of the servers.</summary>
    public IEnumerable<string> Servers => servers.Select(server => server.Name);

    /// <summary>The fleet's past, oldest first, up to the step before the current one. Once, before the first <see cref="ReadNow"/>.</summary>
    /// <param name="hours">How much of it.</param>
    /// <param name="batchSize">How many readings a batch holds at least, but for the last.</param>
    internal IEnumerable<ReadingBatch> Backfill(int hours, int batchSize)
    {
        if (current is not null) throw new InvalidOperationException("The demo fleet has been read already; its past is gone.");
        var now = Steps.StepOf(clock.GetUtcNow());
        var batch = NewBatch(batchSize);
        for (var step = now - (hours * 3600L / Steps.StepSeconds); step < now; step++)
        {
            lock (gate)
            {
                incident.Scenario = ScenarioBefore(now - step);
                Advance(step);
                foreach (var server in servers)
                {
                    if (server.Speaks) batch.Add(server.Name, Middle(step), server.Profile, server.Status, server.Step);
                }
            }

            if (batch.Count < batchSize) continue;
            yield return batch;
            batch = NewBatch(batchSize);
        }

        lock (gate) incident.Scenario = scenario;
        if (batch.Count > 0) yield return batch;
    }

    /// <summary>One reading of every server that sends anything now.</summary>
    internal ReadingBatch ReadNow()
    {
        var now = clock.GetUtcNow();
        var step = Steps.StepOf(now);
        var batch = NewBatch(servers.Length);
        Span<float> values = stackalloc float[MetricCatalog.Count];
        lock (gate)
        {
            for (var next = current is { } last ? last + 1 : step; next <= step; next++) Advance(next);
            foreach (var server in servers)
            {
                if (!server.Speaks) continue;
                server.Read(now, values);
                batch.Add(server.Name, now.ToUnixTimeMilliseconds(), server.Profile, server.Status, values);
            }
        }

        return batch;
    }

    private SimulationScenario ScenarioBefore(long stepsBeforeNow) => stepsBeforeNow switch
    {
        > IncidentSteps => SimulationScenario.Healthy,
        > CriticalSteps when scenario == SimulationScenario.Critical => SimulationScenario.Degrading,
        _ => scenario,
    };

    private void Advance(long step)
    {
        var start = TimeZoneInfo.ConvertTime(Steps.StartOf(step), clock.LocalTimeZone);
        foreach (var server in servers) server.Advance(start, Steps.StartOf(step + 1));
        current = step;
    }

    private static long Middle(long step) => Steps.StartOf(step).ToUnixTimeMilliseconds() + (Steps.StepMilliseconds / 2);

    private static ReadingBatch NewBatch(int capacity) => new(capacity) { IsSimulated = true };
}
