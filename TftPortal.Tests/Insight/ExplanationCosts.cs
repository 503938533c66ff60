using System.IO.Compression;
using System.Text.Json;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;
using TftPortal.Engine.Simulation;
using TftPortal.Engine.State;

namespace TftPortal.Tests.Insight;

/// <summary>What explaining costs, printed for docs/decisions/explanations.md: <c>-explicit only -class TftPortal.Tests.Insight.ExplanationCosts -showLiveOutput</c>.</summary>
public sealed class ExplanationCosts
{
    [Fact(Explicit = true)]
    public void What_explaining_costs_is_measured()
    {
        using var explainer = new AnExplainer();
        ServerSnapshot[] servers = [.. new FleetSimulator(32, seed: 41, troubledShare: .25).Servers.Select(server => OcclusionTests.Live(server, days: 7).Server)];
        var first = AWindow.Grid.StepOf(AReading.Noon);
        var forecasts = new ServerForecast?[32];
        using var plain = explainer.Model.Pass(32);
        using var focused = explainer.Model.Pass(32, withFocus: true);
        List<(double Plain, double Focused)> rounds = [];
        for (var round = 0; round < 60; round++) // in turn, so that what else the machine does falls on both
            rounds.Add((Milliseconds(() => plain.Run(servers, 0, 32, first, forecasts)), Milliseconds(() => focused.Run(servers, 0, 32, first, forecasts))));
        var (without, with) = (Median(rounds.Select(round => round.Plain)), Median(rounds.Select(round => round.Focused)));
        Print($"A batch of 32 servers with encoding: {without:0.00} ms, with weights and attention read {with:0.00} ms: {100 * ((with / without) - 1):+0.0;-0.0} %.");

        ServerOutlook[] outlooks = [.. servers.Select(explainer.Outlook)];
        Gauge.TryFind("mem_used_pct", out var memory);
        Print($"An explanation: {Median(outlooks.Select(outlook => Milliseconds(() => explainer.Explainer.Explain(outlook, memory, null, AReading.Noon)))):0.0} ms.");

        List<(long Whole, long Input, long Seen)> bytes = [];
        foreach (var outlook in outlooks)
        {
            var input = KeptInput.Of(outlook.Server, AWindow.Grid, first);
            var evidence = new AlertEvidence
            {
                Moment = EvidenceMoment.Raised,
                TakenAt = AReading.Noon,
                Alert = new AServer(outlook.Server.Name).Alert(AReading.Noon) with { Id = Guid.CreateVersion7(AReading.Noon) },
                Rule = null,
                Forecast = EvidenceForecast.Of(outlook.Forecast.Of(Metric.MemUsedPercent)!),
                Explanation = explainer.Explainer.Explain(outlook, memory, null, AReading.Noon),
                Input = input,
            };
            bytes.Add((Packed(JsonSerializer.SerializeToUtf8Bytes(evidence, EvidenceJsonForm.Default.AlertEvidence)), Packed(input.Columns), Packed(Seen(input))));
        }

        Print($"Evidence on disk: {bytes.Average(one => one.Whole):0} bytes, of which the week {bytes.Average(one => one.Input):0}; only the steps that the network sees would be {bytes.Average(one => one.Seen):0}.");
    }

    // Of each of the 7 days the 108 steps around the horizon's times, and the whole last day.
    private static byte[] Seen(KeptInput input)
    {
        var seen = new MemoryStream();
        for (var metric = 0; metric < MetricCatalog.Count; metric++)
        {
            for (var plane = 0; plane < 2; plane++)
            {
                for (var step = 0; step < KeptInput.Steps; step++)
                    if (step >= KeptInput.Steps - 288 || (step + 6) % 288 < 108) seen.WriteByte(input.Columns[(metric * 2 * KeptInput.Steps) + (plane * KeptInput.Steps) + step]);
            }
        }

        return seen.ToArray();
    }

    private static long Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true)) brotli.Write(bytes);
        return packed.Length;
    }

    private static double Milliseconds(Action act)
    {
        var start = TimeProvider.System.GetTimestamp();
        act();
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;

    private static void Print(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
