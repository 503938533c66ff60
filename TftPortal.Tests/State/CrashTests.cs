using TftPortal.Benchmarks.Crash;

namespace TftPortal.Tests.State;

public sealed class CrashTests
{
    /// <summary>Two portals at once, one a core: 50 kills, every second one while a save is under way. Some 60 s of CPU, most of it the starts.</summary>
    [Fact(Timeout = 400_000)]
    public async Task A_portal_killed_fifty_times_under_load_has_every_batch_that_it_acknowledged()
    {
        var stop = TestContext.Current.CancellationToken;
        var reports = await Task.WhenAll(Enumerable.Range(1, 2).Select(async seed =>
        {
            var folder = Directory.CreateTempSubdirectory("tft-crash-");
            var plan = new CrashPlan { Program = Path.Combine(AppContext.BaseDirectory, "TftPortal.dll"), Kills = 25, Seed = seed };
            var report = await new CrashRun(plan, folder.FullName, TimeProvider.System).RunAsync(stop);
            if (report.Lost.Count + report.Unreadable.Count == 0) folder.Delete(recursive: true); // else it stays, for a look
            return report;
        }));

        var all = reports.Aggregate((one, other) => one + other);
        TestContext.Current.SendDiagnosticMessage(all.ToString());
        Assert.Empty(all.Lost);
        Assert.Empty(all.Unreadable);
        Assert.Equal(50, all.Kills);
        Assert.True(all.KillsWhileSaving >= 20, $"Only {all.KillsWhileSaving} kills met a save.");
        Assert.True(all.Acknowledged > 200, $"Only {all.Acknowledged} batches were acknowledged: that is no load.");
    }
}
