using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TftPortal.Dashboard;
using TftPortal.Engine;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Intake;
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

    /// <summary>The whole product, engine and all, on a free port; a new picture every second, no key, nothing of this host.</summary>
    /// <param name="settings">What differs, for example <c>Demo:Enabled</c>.</param>
    public static async Task<APortal> StartWholeAsync(params KeyValuePair<string, string?>[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "TftPortal", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection([new("Engine:ForecastSeconds", "1"), new("Agent:SelfMonitor", "false"), new("TFT_API_KEY", null)]).AddInMemoryCollection(settings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddTftPortal();
        var made = builder.Build();
        made.UseTftPortal();
        await made.StartAsync();
        return new(made);
    }

    /// <summary>A reading of now, as every reading comes in.</summary>
    public async Task SubmitAsync(string server, float memory)
    {
        var values = new float[MetricCatalog.Count];
        Array.Fill(values, float.NaN);
        values[(int)Metric.MemUsedPercent] = memory;
        values[(int)Metric.CpuIdlePercent] = 80;
        var batch = new ReadingBatch();
        batch.Add(server, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), ServerProfile.WebApi, ServerStatus.Healthy, values);
        await app.Services.GetRequiredService<ReadingIntake>().SubmitAsync(batch, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
