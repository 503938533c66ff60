using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TftPortal.Access;
using TftPortal.Dashboard;
using TftPortal.Engine;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;
using TftPortal.Engine.Risk;
using TftPortal.Engine.State;
using TftPortal.Settings;

namespace TftPortal.Tests.Browser;

/// <summary>The dashboard alone on a real port, fed by hand: for pages that want a certain picture.</summary>
internal sealed class APortal : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly AFolder? data;

    private APortal(WebApplication app, AFolder? data = null) => (this.app, this.data) = (app, data);

    public string Address => app.Urls.First().Replace("[::]", "127.0.0.1", StringComparison.Ordinal) + "/";

    public OutlookFeed Feed => app.Services.GetRequiredService<OutlookFeed>();

    public static async Task<APortal> StartAsync(FleetOutlook first, StateKeeper? keeper = null, string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "TftPortal", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection([new("ASPNETCORE_URLS", url)]);
        builder.WebHost.UseUrls(url);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddOptions<EngineOptions>();
        builder.Services.AddOptions<ThresholdOptions>();
        builder.Services.AddSingleton(new OutlookFeed(first));
        if (keeper is not null) builder.Services.AddSingleton(keeper);
        builder.AddAccess();
        builder.AddDashboard();
        var made = builder.Build();
        made.MapDashboard();
        await made.StartAsync();
        return new(made);
    }

    /// <summary>The whole product, engine and all, on a free port; a new picture every second, no key, nothing of this host.</summary>
    /// <param name="settings">What differs, for example <c>Demo:Enabled</c>.</param>
    public static async Task<APortal> StartWholeAsync(params KeyValuePair<string, string?>[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "TftPortal", ContentRootPath = PortalFolders.FindRoot(AppContext.BaseDirectory), WebRootPath = "wwwroot" });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var kept = new AFolder();
        builder.Configuration.AddInMemoryCollection([new("Engine:ForecastSeconds", "1"), new("Agent:SelfMonitor", "false"), new("Access:ApiKey", ""), new("Data:Folder", kept.Path)]).AddInMemoryCollection(settings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddTftPortal();
        var made = builder.Build();
        made.UseTftPortal();
        await made.StartAsync();
        return new(made, kept);
    }

    /// <summary>Posts a reading of now to the REST API, as every client does.</summary>
    public Task PostAsync(string server, double memory) => PostAsync(new Uri(Address), server, memory);

    /// <summary>The same to any portal.</summary>
    public static async Task PostAsync(Uri portal, string server, double memory)
    {
        using var client = new HttpClient { BaseAddress = portal };
        using var answer = await client.PostAsJsonAsync("feed/data", new { records = new[] { new { timestamp = TimeProvider.System.GetUtcNow(), server_name = server, cpu_idle_pct = 80, mem_used_pct = memory } } }, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        data?.Dispose();
    }
}
