using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TftPortal.Agent.Readings;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Intake;
using TftPortal.SelfMonitoring;

namespace TftPortal.Tests.Agent;

public sealed class SelfMonitorTests : IDisposable
{
    private static readonly WindowCounts Counts = new(1, 1, 1, 0, 1, 288);

    private readonly AHost host = new();
    private readonly ReadingIntake intake = new();

    [Fact]
    public async Task The_portal_feeds_itself_its_own_host_within_two_seconds_and_then_every_interval()
    {
        Assert.SkipUnless(HostReader.IsSupported, "reads Linux hosts only");
        var clock = new HastyClock(host.Clock.GetUtcNow());
        using var monitor = Monitor(clock, new() { Name = "portal-01" });
        await monitor.StartAsync(TestContext.Current.CancellationToken);

        var first = await NextBatchAsync();
        Assert.Equal("portal-01", first.Server(0));
        Assert.Equal(75f, first.Values(0)[(int)Metric.MemUsedPercent]);
        Assert.Equal(1.25f, first.Values(0)[(int)Metric.LoadAverage]);
        Assert.True(float.IsNaN(first.Values(0)[(int)Metric.JavaCpuPercent]));
        await NextBatchAsync();
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15)], clock.Waits.Order());
        await monitor.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_batch_that_the_engine_gives_up_does_not_end_the_readings()
    {
        Assert.SkipUnless(HostReader.IsSupported, "reads Linux hosts only");
        using var monitor = Monitor(new HastyClock(host.Clock.GetUtcNow()), new());
        await monitor.StartAsync(TestContext.Current.CancellationToken);
        (await NextAsync()).Done.SetCanceled(TestContext.Current.CancellationToken);
        Assert.Equal(HostName.Own, (await NextBatchAsync()).Server(0));
        await monitor.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Switched_off_it_reads_nothing()
    {
        using var monitor = Monitor(new HastyClock(host.Clock.GetUtcNow()), new() { SelfMonitor = false });
        await monitor.StartAsync(TestContext.Current.CancellationToken);
        await monitor.ExecuteTask!;
        Assert.False(intake.Pending.TryRead(out _));
    }

    [Theory]
    [InlineData("Agent:IntervalSeconds must be from 1 to 3600.", 0, null)]
    [InlineData("Agent:Name must be a letter or digit, then up to 252 letters, digits or . _ : -", 15, "my server")]
    public void A_wrong_setting_is_named_with_what_is_allowed(string message, int interval, string? name)
    {
        var options = new ServiceCollection().AddOptions<SelfMonitorOptions>().Configure(settings =>
        {
            settings.IntervalSeconds = interval;
            settings.Name = name;
        }).ValidateDataAnnotations();
        using var provider = options.Services.BuildServiceProvider();
        var refusal = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<SelfMonitorOptions>>().Value);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => host.Dispose();

    private SelfMonitor Monitor(TimeProvider clock, SelfMonitorOptions options) =>
        new(Options.Create(options), host.Reader(clock), intake, clock, NullLogger<SelfMonitor>.Instance);

    private async Task<PendingBatch> NextAsync() =>
        await intake.Pending.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    private async Task<ReadingBatch> NextBatchAsync()
    {
        var pending = await NextAsync();
        pending.Done.SetResult(new(Counts, []));
        return pending.Batch;
    }
}
