using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Engine;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Intake;
using TftPortal.Engine.Publishing;
using TftPortal.Engine.State;

namespace TftPortal.Tests.Builders;

/// <summary>The engine as the portal runs it, on a clock that the test moves.</summary>
internal sealed class RunningEngine : IAsyncDisposable
{
    /// <summary>The setting by which a test says where the state is kept; without it nothing is.</summary>
    public const string StateFile = "StateFile";

    private readonly IHost host;

    private RunningEngine(IHost host, FakeTimeProvider clock) => (this.host, Clock) = (host, clock);

    public FakeTimeProvider Clock { get; }
    public IServiceProvider Services => host.Services;
    public ReadingIntake Intake => host.Services.GetRequiredService<ReadingIntake>();
    public OutlookFeed Feed => host.Services.GetRequiredService<OutlookFeed>();

    public static Task<RunningEngine> StartAsync(params (string Key, string Value)[] settings) => StartAsync(new FakeTimeProvider(AReading.Noon), settings);

    public static async Task<RunningEngine> StartAsync(FakeTimeProvider clock, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection([new("Engine:ModelFolder", Path.Combine(AppContext.BaseDirectory, "no-model"))]); // the baseline alone, from whatever folder the tests run
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value, StringComparer.Ordinal));
        builder.Services.AddSingleton<TimeProvider>(clock);
        if (builder.Configuration[StateFile] is { } file) builder.Services.AddSingleton(new StatePlace(file));
        builder.Services.AddTftEngine(builder.Configuration);
        var engine = new RunningEngine(builder.Build(), clock);
        await engine.host.StartAsync(TestContext.Current.CancellationToken);
        return engine;
    }

    /// <summary>The first picture from now on that shows something; time passes, a second at a time, until one does.</summary>
    public async Task<FleetOutlook> PictureAsync(Func<FleetOutlook, bool> shows)
    {
        FleetOutlook? found = null;
        await UntilAsync(() => shows(Feed.Latest) && (found = Feed.Latest) is not null);
        return found!;
    }

    /// <summary>Lets time pass, a second at a time and an hour at most, until something is so. The engine's threads get a moment of real time each.</summary>
    public async Task UntilAsync(Func<bool> isSo)
    {
        for (var second = 0; !isSo(); second++)
        {
            Assert.True(second < 3600, "It did not come about within an hour of the test's clock.");
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(second < 50 ? 2 : 20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public Task StopAsync() => host.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }
}
