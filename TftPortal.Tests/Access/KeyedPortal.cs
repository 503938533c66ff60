using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Access.ApiKeys;
using TftPortal.Settings;
using TftPortal.Tests.Api;

namespace TftPortal.Tests.Access;

/// <summary>A running portal with an admin's key, without the environment's and without the network.</summary>
internal sealed class KeyedPortal(RunningPortal portal) : IAsyncDisposable
{
    public static readonly KeyActor Tester = new("a test", "");

    /// <summary>Settings that keep the limits out of the way.</summary>
    public static readonly string[] NoLimits =
        ["--RateLimits:FeedPerMinute=1000000", "--RateLimits:ReadPerMinute=1000000", "--RateLimits:AdminPerMinute=1000000", "--RateLimits:WrongKeysPerMinute=1000000"];

    public string Admin { get; private set; } = "";

    public IServiceProvider Services => portal.Services;

    public KeyStore Store => Services.GetRequiredService<KeyStore>();

    public KeyRing Ring => Services.GetRequiredService<KeyRing>();

    public string Folder => Services.GetRequiredService<PortalFolders>().Data;

    public Uri Address => portal.Client.BaseAddress!;

    public static async Task<KeyedPortal> StartAsync(TimeProvider? clock = null, bool withEngine = false, params string[] settings)
    {
        string[] usual = ["--TFT_API_KEY=", $"--Engine:ModelFolder={Path.Combine(Path.GetTempPath(), "tft-no-model")}"];
        var portal = new KeyedPortal(await RunningPortal.StartAsync(clock, withEngine, [.. usual, .. settings]));
        portal.Admin = (await portal.MakeAsync("boss", ApiScopes.Admin)).Text;
        return portal;
    }

    /// <summary>Makes a key.</summary>
    public async Task<(string Text, string Id)> MakeAsync(string name, ApiScopes scopes, int days = 365, string? prefix = null, int? feedPerMinute = null)
    {
        var made = await Store.CreateAsync(new() { Name = name, Scopes = scopes, Days = days, ServerPrefix = prefix, FeedPerMinute = feedPerMinute }, Tester, TestContext.Current.CancellationToken);
        return (made.Text!, made.Id!);
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? key, string? json = null, params (string, string)[] headers) =>
        portal.SendAsync(method, path, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"), key, headers);

    public Task<HttpResponseMessage> ReadAsync(string? key) => SendAsync(HttpMethod.Get, "/alerts/active", key);

    public Task<HttpResponseMessage> FeedAsync(string? key, params string[] servers)
    {
        var time = Services.GetRequiredService<TimeProvider>().GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        var records = servers.Select(server => $$"""{"timestamp":"{{time}}","server_name":"{{server}}","cpu_idle_pct":80}""");
        return SendAsync(HttpMethod.Post, "/feed/data", key, $$"""{"records":[{{string.Join(',', records)}}]}""");
    }

    /// <summary>Does something with keys as the admin, by REST.</summary>
    public async Task<JsonElement> AdministerAsync(HttpMethod method, string path, string? json = null)
    {
        using var answer = await SendAsync(method, $"/api/keys{path}", Admin, json);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await RunningPortal.JsonOf(answer);
    }

    /// <summary>A key as the list shows it.</summary>
    public async Task<JsonElement> ListedAsync(string id) =>
        (await AdministerAsync(HttpMethod.Get, "")).GetProperty("keys").EnumerateArray().Single(key => key.GetProperty("id").GetString() == id);

    public static async Task<string?> DetailOf(HttpResponseMessage answer) => (await RunningPortal.JsonOf(answer)).GetProperty("detail").ToString();

    /// <summary>Asks until it holds, for at most a minute: what is done in the background has no moment of its own.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        using var often = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        while (!await holds()) await often.WaitForNextTickAsync(patience.Token);
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();
}
