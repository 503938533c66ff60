using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TftPortal.Access.ApiKeys;
using static Microsoft.Playwright.Assertions;

namespace TftPortal.Tests.Browser;

public sealed class RotationInTheBrowserTests
{
    private const string Agent = "steady-agent/1.0";

    [Fact]
    public async Task No_post_of_an_agent_fails_while_an_admin_rotates_its_key_until_the_old_secret_is_ended_and_the_next_is_403()
    {
        Assert.SkipWhen(await Chromium.FindOrInstallAsync() is null, "No Chromium on this machine, and none could be installed: set TFT_CHROMIUM to one.");
        await using var portal = await APortal.StartWholeAsync();
        var made = await portal.Services.GetRequiredService<KeyStore>().CreateAsync(
            new() { Name = "agents", Scopes = ApiScopes.Feed, Days = 365, FeedPerMinute = 10_000 }, new("a test", ""), TestContext.Current.CancellationToken);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        await using var context = await browser.NewContextAsync();
        await AdminsBrowser.SignInAsync(context, portal);
        var page = await context.NewPageAsync();
        await page.GotoAsync(portal.Address + "admin/keys");
        await Expect(page.Locator("[data-interactive]")).ToBeAttachedAsync(new() { Timeout = 20_000 });

        using var ended = new CancellationTokenSource();
        var posting = PostAsync(portal, made.Text!, ended.Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Rotate agents" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Rotate agents" }).ClickAsync();
        var fresh = (await page.Locator("#copy-key").InnerTextAsync()).Trim();
        await page.GetByRole(AriaRole.Button, new() { Name = "I have stored it" }).ClickAsync();
        var panel = page.Locator("section", new() { HasText = "Rotating: agents" });
        await Expect(panel).ToContainTextAsync("1 program still uses the old secret", new() { Timeout = 20_000 }); // it comes by itself
        await Expect(panel).ToContainTextAsync(Agent);
        Assert.Equal(HttpStatusCode.OK, await PostOnceAsync(portal, fresh)); // both work

        await page.GetByRole(AriaRole.Button, new() { Name = "End now: the old secret of agents" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("1 program still uses the old secret of agents");
        Assert.False(posting.IsCompleted, "no post has failed so far");
        await page.GetByRole(AriaRole.Button, new() { Name = "End it now" }).ClickAsync();
        var (posts, refused) = await posting.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, refused);
        Assert.True(portal.Services.GetRequiredService<KeyRing>().Find(made.Text, null).Refusal == KeyRefusal.Rotated, "it was refused because it was ended, and not before");
        Assert.InRange(posts, 10, 10_000);
        Assert.Equal(HttpStatusCode.OK, await PostOnceAsync(portal, fresh));
        await Expect(panel).ToHaveCountAsync(0);
        TestContext.Current.TestOutputHelper?.WriteLine($"{posts} posts with the old secret were taken, and the next was refused.");
    }

    /// <summary>Posts ten times a second until a post is not taken.</summary>
    private static async Task<(int Posts, HttpStatusCode Refused)> PostAsync(APortal portal, string key, CancellationToken stop)
    {
        using var tenth = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        for (var posts = 0; ; posts++)
        {
            var status = await PostOnceAsync(portal, key, Agent);
            if (status != HttpStatusCode.OK) return (posts, status);
            await tenth.WaitForNextTickAsync(stop);
        }
    }

    private static async Task<HttpStatusCode> PostOnceAsync(APortal portal, string key, string agent = "another-agent/2.0")
    {
        using var client = new HttpClient { BaseAddress = new(portal.Address) };
        client.DefaultRequestHeaders.Add("X-API-Key", key);
        client.DefaultRequestHeaders.UserAgent.ParseAdd(agent);
        using var answer = await client.PostAsJsonAsync("feed/data", new { records = new[] { new { timestamp = TimeProvider.System.GetUtcNow(), server_name = "web-01", cpu_idle_pct = 80 } } }, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
