using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Engine;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Intake;
using TftPortal.Engine.Publishing;

namespace TftPortal.Tests.Builders;

/// <summary>The engine as the portal runs it, on a clock that the test moves.</summary>
internal sealed class RunningEngine : IAsyncDisposable
{
    private readonly IHost host;

    private RunningEngine(IHost host, FakeTimeProvider clock) => (this.host, Clock) = (host, clock);

    public FakeTimeProvider Clock { get; }
    public ReadingIntake Intake => host.Services.GetRequiredService<ReadingIntake>();
    public OutlookFeed Feed => host.Services.GetRequiredService<OutlookFeed>();

    public static async Task<RunningEngine> StartAsync(params (string Key, string Value)[] settings)
    {
        var clock = new FakeTimeProvider(AReading.Noon);
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value, StringComparer.Ordinal));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddTftEngine(builder.Configuration);
        var engine = new RunningEngine(builder.Build(), clock);
        await engine.host.StartAsync(TestContext.Current.CancellationToken);
        return engine;
    }

    /// <summary>The first picture that shows something; time passes, a second at a time, until it does.</summary>
    public async Task<FleetOutlook> PictureAsync(Func<FleetOutlook, bool> shows)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var watching = Task.Run(async () =>
        {
            await foreach (var picture in Feed.WatchAsync(enough.Token))
            {
                if (shows(picture)) return picture;
            }

            throw new InvalidOperationException("The feed ended.");
        }, enough.Token);
        while (!watching.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(watching, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, enough.Token));
        }

        return await watching;
    }

    public Task StopAsync() => host.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }
}
