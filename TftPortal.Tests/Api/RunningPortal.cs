using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TftPortal.Engine.Intake;
using TftPortal.Engine.Publishing;

namespace TftPortal.Tests.Api;

/// <summary>The whole portal on a free port of this machine, asked over real HTTP.</summary>
internal sealed class RunningPortal : IAsyncDisposable
{
    public const string Key = "test-key-0123456789";

    private readonly WebApplication app;
    private readonly string data;

    private RunningPortal(WebApplication app, string data)
    {
        (this.app, this.data) = (app, data);
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public OutlookFeed Feed => app.Services.GetRequiredService<OutlookFeed>();

    public ReadingIntake Intake => app.Services.GetRequiredService<ReadingIntake>();

    public IServiceProvider Services => app.Services;

    /// <summary>Starts it with a key, without its own host's readings.</summary>
    public static Task<RunningPortal> StartAsync(params string[] settings) => StartAsync(clock: null, withEngine: true, settings);

    /// <summary>Starts it with another clock, or without the engine's loop: then the test says what the engine does.</summary>
    public static Task<RunningPortal> StartAsync(TimeProvider? clock, bool withEngine, params string[] settings) => StartAsync(clock, withEngine, _ => { }, settings);

    /// <summary>Starts it with something more in it.</summary>
    public static async Task<RunningPortal> StartAsync(TimeProvider? clock, bool withEngine, Action<WebApplication> more, params string[] settings)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"tft-portal-{Guid.NewGuid():N}");
        string[] usual = ["--urls=http://127.0.0.1:0", "--Agent:SelfMonitor=false", $"--TFT_DATA_DIR={folder}"];
        string[] key = settings.Any(setting => setting.StartsWith("--TFT_API_KEY", StringComparison.Ordinal)) ? [] : [$"--TFT_API_KEY={Key}"];
        var builder = WebApplication.CreateBuilder(Portal.Options([.. usual, .. key, .. settings]));
        builder.AddTftPortal();
        builder.Logging.ClearProviders();
        if (clock is not null) builder.Services.AddSingleton(clock);
        if (!withEngine)
        {
            foreach (var loop in builder.Services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Namespace == "TftPortal.Engine.Loop").ToList())
                builder.Services.Remove(loop);
        }

        var built = builder.Build();
        built.UseTftPortal();
        more(built);
        await built.StartAsync();
        return new(built, folder);
    }

    /// <summary>Sends a request with the key.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? key = Key, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null) request.Headers.Add("X-API-Key", key);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, headers: headers);

    public Task<HttpResponseMessage> FeedAsync(string json, string? contentType = "application/json") => FeedAsync(Encoding.UTF8.GetBytes(json), contentType);

    public Task<HttpResponseMessage> FeedAsync(byte[] body, string? contentType = "application/json")
    {
        var content = new ByteArrayContent(body);
        if (contentType is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return SendAsync(HttpMethod.Post, "/feed/data", content);
    }

    public static async Task<JsonElement> JsonOf(HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
    }
}
