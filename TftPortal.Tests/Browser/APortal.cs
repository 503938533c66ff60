using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TftPortal.Access;
using TftPortal.Access.Browser;
using TftPortal.Dashboard;
using TftPortal.Engine;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Backtest;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;
using TftPortal.Engine.Insight;
using TftPortal.Engine.Publishing;
using TftPortal.Engine.Risk;
using TftPortal.Engine.State;
using TftPortal.Owning;
using TftPortal.Notifications;
using TftPortal.Settings;

namespace TftPortal.Tests.Browser;

/// <summary>The dashboard alone on a real port, fed by hand: for pages that want a certain picture.</summary>
internal sealed class APortal : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly AFolder data;

    private APortal(WebApplication app, AFolder data) => (this.app, this.data) = (app, data);

    public string Address => app.Urls.First().Replace("[::]", "127.0.0.1", StringComparison.Ordinal) + "/";

    public IServiceProvider Services => app.Services;

    public OutlookFeed Feed => app.Services.GetRequiredService<OutlookFeed>();

    public static async Task<APortal> StartAsync(FleetOutlook first, StateKeeper? keeper = null, string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "TftPortal", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var kept = new AFolder();
        builder.Configuration.AddInMemoryCollection([new("ASPNETCORE_URLS", url)]);
        builder.WebHost.UseUrls(url);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddOptions<EngineOptions>();
        builder.Services.AddSingleton(new OutlookFeed(first));
        builder.Services.AddSingleton(new HistoryArchive(new(kept["history"]), new(), first.Grid, new(), TimeProvider.System, NullLogger<HistoryArchive>.Instance));
        builder.Services.AddSingleton(new PortalFolders(kept.Path, kept.Path, kept["state.parquet"]));
        if (keeper is not null) builder.Services.AddSingleton(keeper);
        builder.Services.AddSingleton(AnAccuracy.Board(first));
        builder.Services.AddSingleton(first.Servers.IsEmpty ? ModelCard.None : AnAccuracy.Card);
        AddOwning(builder.Services);
        builder.AddAccess();
        builder.AddChannels();
        builder.AddDashboard();
        var made = builder.Build();
        made.UseBrowserSecurity();
        made.MapDashboard();
        made.OpenKeys();
        await made.StartAsync();
        return new(made, kept);
    }

    /// <summary>What the pages of alerts ask; without an engine nobody does what is ordered.</summary>
    public static void AddOwning(IServiceCollection services)
    {
        services.AddSingleton<AlertIntake>();
        services.AddSingleton<MaintenanceCalendar>();
        services.AddSingleton<AuditedOrders>();
        services.AddSingleton(new RuleLookup(new Watchlist(new ThresholdOptions()), new AlertOptions()));
        services.AddSingleton<AuditedBacktests>();
        services.AddSingleton(of => BacktestsOf(of.GetRequiredService<OutlookFeed>(), of.GetRequiredService<HistoryArchive>()));
        services.AddSingleton(new ExplanationDesk(new(model: null, new(new ThresholdOptions()), new(), AnOutlook.Grid, TimeProvider.System))); // what the network forecast is told without its weights
        services.AddSingleton(of => new EvidenceFolder(of.GetService<PortalFolders>() is { } folders ? new(folders.StateFile) : null));
    }

    private static Backtests BacktestsOf(OutlookFeed feed, HistoryArchive archive)
    {
        var (grid, past) = (feed.Latest.Grid, new PastSteps(archive, feed));
        return new(
            new(), new BacktestCheck(new(), new Watchlist(new ThresholdOptions()), past, grid, TimeProvider.System),
            new BacktestRunner(past, new() { Grid = grid }, new(grid, TimeSpan.FromSeconds(30)), new(), () => null, TimeProvider.System), feed, TimeProvider.System, NullLogger<Backtests>.Instance);
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
        await DeleteAsync();
    }

    // A portal that is torn down with pages open saves its state a moment longer; a file that appears while the folder is being deleted is no fault.
    private async Task DeleteAsync()
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                data.Dispose();
                return;
            }
            catch (IOException) when (tries < 50)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
            }
        }
    }
}
