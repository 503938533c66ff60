using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Dashboard.Fleet;
using TftPortal.Dashboard.Live;
using TftPortal.Engine;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;
using TftPortal.Engine.Risk;
using TftPortal.Engine.State;

namespace TftPortal.Tests.Dashboard;

/// <summary>A browser's page over a feed that the test publishes to.</summary>
internal sealed class APage : BunitContext
{
    // A machine that builds and trains beside the tests is slow, and that is no fault of a page.
    static APage() => DefaultWaitTimeout = TimeSpan.FromSeconds(20);

    public APage(FleetOutlook first, string? apiKey = null, StateKeeper? keeper = null, bool onThisMachine = true)
    {
        Feed = new OutlookFeed(first);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(Feed);
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(first.Time));
        Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Access:ApiKey", apiKey)]).Build());
        Services.AddSingleton<FeedInstructions>();
        Services.AddScoped<LiveOutlook>();
        Services.AddSingleton(new BrowserPlace { IsOnThisMachine = onThisMachine });
        if (keeper is not null) Services.AddSingleton(keeper);
        Services.AddOptions<EngineOptions>();
        Services.AddOptions<ThresholdOptions>();
        Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public OutlookFeed Feed { get; }
}
