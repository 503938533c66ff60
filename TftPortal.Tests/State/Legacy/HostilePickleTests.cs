using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Engine.Loop;
using TftPortal.Engine.State.Legacy;
using TftPortal.Tests.Api;

namespace TftPortal.Tests.State.Legacy;

[Collection(nameof(MemoryAlone))] // the memory of the whole process is measured
public sealed class HostilePickleTests(ITestOutputHelper output)
{
    private const int Megabyte = 1_000_000;

    public static TheoryData<string> Names => AHostilePickle.Names;

    /// <summary>Beside the file's 67 MB and the 80 MB of a process that has just started, 512 MB leave 365.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_dearest_pickle_within_the_limits_needs_less_memory_than_the_process_may_have(string name)
    {
        var pickle = AHostilePickle.Of(name);
        var reader = new LegacyPickle(FeedRules.Of(new(new(new()), new FakeTimeProvider())), new FakeTimeProvider());
        var (live, wasJudged) = (0L, false);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var state = reader.Read(pickle, new Told(_ => live = Math.Max(live, GC.GetTotalMemory(forceFullCollection: false) - before)), CancellationToken.None);
            wasJudged = true;
            output.WriteLine($"{state.Readings.Count} readings");
        }
        catch (LegacyRefusedException refused)
        {
            output.WriteLine(refused.Message);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {pickle.Length / Megabyte} MB, {allocated / Megabyte} MB allocated, {live / Megabyte} MB at once"));
        if (!wasJudged) Assert.InRange(allocated / Megabyte, 0, 365); // what the judging of records allocates is gone at once
        Assert.InRange(live / Megabyte, 0, 365);
    }
}
