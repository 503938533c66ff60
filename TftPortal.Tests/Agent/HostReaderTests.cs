using System.Text;
using CsCheck;
using TftPortal.Agent.Readings;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Agent;

public sealed class HostReaderTests : IDisposable
{
    private static readonly string[] Files = ["proc/stat", "proc/meminfo", "proc/loadavg", "proc/uptime", "proc/mounts", "proc/net/tcp", "proc/net/dev", "proc/100/stat"];

    private readonly AHost host = new();

    [Fact]
    public void The_agents_metrics_are_the_portals_by_the_same_names()
    {
        Assert.Equal(MetricCatalog.All.Select(metric => metric.Name).Order(StringComparer.Ordinal), HostMetrics.Names.Order(StringComparer.Ordinal));
        Assert.Equal(Enum.GetValues<HostMetric>().Length, HostMetrics.Names.Distinct(StringComparer.Ordinal).Count());
        foreach (var metric in Enum.GetValues<HostMetric>())
        {
            Assert.True(MetricCatalog.TryFind(metric.WireName(), out var definition));
            Assert.Equal(definition.IsPercentage, metric.IsPercentage());
            Assert.Equal(definition.IsInteger, metric.IsCount());
        }
    }

    [Fact]
    public async Task A_host_with_swap_and_java_gives_all_fourteen()
    {
        host.Java(100, 10, 0);
        var reading = await host.FirstReadingAsync(host.Reader(), () => host.Write("proc/stat", "cpu  1030 110 510 8040 305 52 53 0 0 0\n"));
        Assert.Equal(14, reading.Count);
        Assert.Equal(host.Clock.GetUtcNow(), reading.Time);
    }

    [Fact]
    public async Task A_missing_file_costs_its_own_metrics_only_and_is_told_once_an_outage()
    {
        var reader = host.Reader();
        host.Remove("proc/meminfo");
        var first = await host.FirstReadingAsync(reader);
        Assert.False(first.Has(HostMetric.MemUsed));
        Assert.True(first.Has(HostMetric.LoadAverage));
        Assert.Equal("/proc/meminfo", Assert.Single(first.NewFaults).Source);
        Assert.Empty((await host.NextReadingAsync(reader, TimeSpan.FromSeconds(15))).NewFaults);

        host.Write("proc/meminfo", "MemTotal: 100 kB\nMemAvailable: 50 kB\n");
        Assert.Equal(50, (await host.NextReadingAsync(reader, TimeSpan.FromSeconds(15)))[HostMetric.MemUsed], 9);
        host.Remove("proc/meminfo");
        Assert.Single((await host.NextReadingAsync(reader, TimeSpan.FromSeconds(15))).NewFaults);
    }

    [Fact]
    public async Task A_folder_that_is_no_host_gives_nothing_and_names_every_source()
    {
        using var nothing = new AHost();
        Directory.Delete(Path.Combine(nothing.Root, "proc"), recursive: true);
        var reading = await nothing.FirstReadingAsync(nothing.Reader());
        Assert.Equal(0, reading.Count);
        Assert.Equal(8, reading.NewFaults.Length);
    }

    [Fact]
    public async Task Whatever_the_counters_do_every_value_is_in_its_metrics_range()
    {
        var counter = Gen.OneOf(Gen.ULong[0, 100_000], Gen.ULong);
        var moment = Gen.Select(counter.Array[10], counter.Array[4], counter.Array[2], Gen.Long[0, 1_000_000].Array[2], Gen.Long[0, 1_000_000].Array[3]);
        await Gen.Select(moment, moment).SampleAsync(async moments =>
        {
            using var any = new AHost();
            Apply(any, moments.Item1);
            var reading = await any.FirstReadingAsync(any.Reader(), () => Apply(any, moments.Item2));
            foreach (var metric in Enum.GetValues<HostMetric>().Where(reading.Has))
            {
                MetricCatalog.TryFind(metric.WireName(), out var definition);
                Assert.True(double.IsFinite(reading[metric]), $"{metric} is {reading[metric]}");
                Assert.InRange(reading[metric], 0, definition.Maximum);
            }
        }, iter: 200);
    }

    [Fact]
    public async Task Files_full_of_anything_cost_metrics_and_never_the_agent()
    {
        var content = Gen.OneOf(Gen.Byte.Array[0, 300], Gen.String[Gen.Char["cpuMemTotal: 0123456789abcdefABCDEF()/\n\t.,-"], 0, 300].Select(Encoding.UTF8.GetBytes));
        await Gen.Select(Gen.Int[0, Files.Length - 1], content).SampleAsync(async damage =>
        {
            using var any = new AHost();
            var file = Path.Combine(any.Root, Files[damage.Item1]);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, damage.Item2);
            var reading = await any.FirstReadingAsync(any.Reader());
            Assert.True(reading.Count >= 5);
        }, iter: 300);
    }

    [Fact]
    public async Task A_line_without_end_is_refused_and_does_not_fill_the_memory()
    {
        host.Write("proc/stat", new string('7', 1_000_000));
        var fault = Assert.Single((await host.FirstReadingAsync(host.Reader())).NewFaults);
        Assert.Contains("65536 bytes", fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task This_very_machine_can_be_read()
    {
        Assert.SkipUnless(HostReader.IsSupported, "reads Linux hosts only");
        var reading = await new HostReader(TimeProvider.System).ReadAsync(TestContext.Current.CancellationToken);
        Assert.True(reading.Has(HostMetric.MemUsed));
        Assert.True(reading.Has(HostMetric.UptimeDays));
        Assert.InRange(reading[HostMetric.CpuIdle] + reading[HostMetric.CpuUser], 0, 100.001);
    }

    [Theory]
    [InlineData("web-01", "web-01")]
    [InlineData("web 01.büro", "web-01.b-ro")]
    [InlineData("-_web", "web")]
    [InlineData("", "localhost")]
    [InlineData("日本", "localhost")]
    public void A_hosts_name_becomes_one_that_the_portal_takes(string name, string valid)
    {
        Assert.Equal(valid, HostName.Sanitise(name));
        Assert.True(HostName.IsValid(valid));
    }

    [Fact]
    public void Any_text_becomes_a_name_that_the_portal_takes() => Gen.String.Sample(name => HostName.IsValid(HostName.Sanitise(name)));

    public void Dispose() => host.Dispose();

    private static void Apply(AHost host, (ulong[] Cpu, ulong[] Memory, ulong[] Network, long[] Java, long[] Disk) moment)
    {
        host.Write("proc/stat", $"cpu  {string.Join(' ', moment.Cpu)}\n");
        host.Write("proc/meminfo", $"MemTotal: {moment.Memory[0]} kB\nMemAvailable: {moment.Memory[1]} kB\nSwapTotal: {moment.Memory[2]} kB\nSwapFree: {moment.Memory[3]} kB\n");
        host.Traffic(("eth0", moment.Network[0], moment.Network[1]));
        host.Java(100, moment.Java[0], moment.Java[1]);
        host.Disks["/"] = new(moment.Disk[0], moment.Disk[1], moment.Disk[2]);
    }
}
