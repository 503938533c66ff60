using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Access.Records;
using TftPortal.Engine.Publishing;
using TftPortal.Tests.Access;
using TftPortal.Tests.Api;

namespace TftPortal.Tests.Notifications;

/// <summary>A portal whose pictures and whose time the test makes, with channels made by REST.</summary>
internal sealed class ATellingPortal(KeyedPortal portal, FakeTimeProvider clock) : IAsyncDisposable
{
    public const string SigningSecret = "whsec_dGhlLXNpZ25pbmctc2VjcmV0LW9mLWEtdGVzdC0wMQ==";

    private long sequence;

    public FakeTimeProvider Clock => clock;

    public KeyedPortal Portal => portal;

    public IServiceProvider Services => portal.Services;

    public static async Task<ATellingPortal> StartAsync(FakeTimeProvider? clock = null, params string[] settings)
    {
        clock ??= new(AnOutlook.Noon);
        return new(await KeyedPortal.StartAsync(clock, false, [.. KeyedPortal.NoLimits, "--Notifications:GatherSeconds=0", .. settings]), clock);
    }

    public async Task<JsonElement> AskAsync(HttpMethod method, string path, string? json = null)
    {
        using var answer = await portal.SendAsync(method, $"/api/channels{path}", portal.Admin, json);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return answer.StatusCode == System.Net.HttpStatusCode.NoContent ? default : await RunningPortal.JsonOf(answer);
    }

    /// <summary>Makes a channel.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> ChannelAsync(string json) => (await AskAsync(HttpMethod.Post, "", json)).GetProperty("id").GetString()!;

    public Task<string> WebhookAsync(string name, AReceiver receiver, string path = "hook") =>
        ChannelAsync($$"""{"name":"{{name}}","kind":"webhook","url":"{{receiver.Address}}{{path}}","signing_secret":"{{SigningSecret}}"}""");

    /// <summary>Makes a route.</summary>
    /// <param name="channel">The channel's id.</param>
    /// <param name="more">Further fields, with a comma before each.</param>
    /// <param name="kinds">What it lets through.</param>
    public async Task<string> RouteAsync(string channel, string more = "", string kinds = "\"predicted\",\"breaching\"") =>
        (await AskAsync(HttpMethod.Post, "/routes", $$"""{"name":"route {{Guid.NewGuid():N}}","channel_id":"{{channel}}","kinds":[{{kinds}}]{{more}}}""")).GetProperty("id").GetString()!;

    /// <summary>Shows a picture of these troubles.</summary>
    public void Show(params ATrouble[] troubles) => Services.GetRequiredService<OutlookFeed>().Publish(ATrouble.Picture(++sequence, clock.GetUtcNow(), troubles));

    /// <summary>Shows a picture, and waits until so many messages have been made in all.</summary>
    public async Task ShowAsync(int made, params ATrouble[] troubles)
    {
        Show(troubles);
        await KeyedPortal.EventuallyAsync(async () => (await QueueAsync()).Count == made);
    }

    /// <summary>Lets time pass, some seconds at a time, with a moment of real time for those who work in the background.</summary>
    public async Task PassAsync(TimeSpan time, int step = 5)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(step))
        {
            clock.Advance(TimeSpan.FromSeconds(step));
            await Task.Delay(TimeSpan.FromMilliseconds(4), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Lets time pass until something is so: a second at a time, with a moment of real time for those who work in the background.</summary>
    public async Task UntilAsync(Func<bool> isSo, string what = "what was waited for")
    {
        for (var second = 0; !isSo(); second++)
        {
            Assert.True(second < 5000, $"{what} did not come about.");
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(second < 1000 ? 5 : 20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The queue as the database has it, in order.</summary>
    public async Task<List<DeliveryRow>> QueueAsync()
    {
        await using var database = await Services.GetRequiredService<IDbContextFactory<PortalRecords>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await database.Deliveries.AsNoTracking().OrderBy(row => row.Number).ToListAsync(TestContext.Current.CancellationToken);
    }

    public void Hear(LogBook log) => Services.GetRequiredService<ILoggerFactory>().AddProvider(log);

    public ValueTask DisposeAsync() => portal.DisposeAsync();
}
