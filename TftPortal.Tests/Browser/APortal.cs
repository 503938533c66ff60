using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TftPortal.Dashboard;
using TftPortal.Engine;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;
using TftPortal.Engine.Risk;

namespace TftPortal.Tests.Browser;

/// <summary>The dashboard alone on a real port, fed by hand: for pages that want a certain picture.</summary>
internal sealed class APortal : IAsyncDisposable
{
    private readonly WebApplication app;

    private APortal(WebApplication app) => this.app = app;

    public string Address => app.Urls.First().Replace("[::]", "127.0.0.1", StringComparison.Ordinal) + "/";

    public OutlookFeed Feed => app.Services.GetRequiredService<OutlookFeed>();

    public static async Task<APortal> StartAsync(FleetOutlook first, string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "TftPortal", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection([new("ASPNETCORE_URLS", url)]);
        builder.WebHost.UseUrls(url);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddOptions<EngineOptions>();
        builder.Services.AddOptions<ThresholdOptions>();
        builder.Services.AddSingleton(new OutlookFeed(first));
        builder.AddDashboard();
        var made = builder.Build();
        made.MapDashboard();
        await made.StartAsync();
        return new(made);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
