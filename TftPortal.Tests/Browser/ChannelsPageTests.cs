using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Routing;
using TftPortal.Tests.Notifications;
using static Microsoft.Playwright.Assertions;

namespace TftPortal.Tests.Browser;

/// <summary>The page of channels, in a real browser: a channel is made, tried, routed to and deleted.</summary>
public sealed class ChannelsPageTests(AdminsBrowser open) : IClassFixture<AdminsBrowser>, IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await open.CloseAsync();

    [Fact]
    public async Task A_channel_is_made_with_every_fault_at_its_field_tried_routed_to_and_deleted_and_its_secrets_are_shown_nowhere()
    {
        await using var receiver = await AReceiver.StartAsync();
        var stop = TestContext.Current.CancellationToken;
        var (channels, routes) = (open.Empty.Services.GetRequiredService<ChannelStore>(), open.Empty.Services.GetRequiredService<RouteStore>());
        var page = await open.VisitAsync(open.Empty, "admin/channels");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a channel" }).ClickAsync();
        await page.Locator("#channel-url").FillAsync("ftp://example.com");
        await page.Locator("#channel-signing").FillAsync("short");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#channel-name-faults")).ToContainTextAsync("a channel needs a name");
        await Expect(page.Locator("#channel-url-faults")).ToContainTextAsync("allowed is https:// with a host");
        await Expect(page.Locator("#channel-signing-faults")).ToContainTextAsync("allowed is whsec_");
        Assert.Empty(await PageFaults.AxeAsync(page));

        await page.Locator("#channel-name").FillAsync("by hand");
        await page.Locator("#channel-url").FillAsync(receiver.Address + "secret-path-of-a-hook");
        await page.Locator("#channel-signing").FillAsync(ATellingPortal.SigningSecret);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send test to by hand" }).ClickAsync();
        await Expect(page.GetByText("by hand took the test.")).ToBeVisibleAsync();
        Assert.Equal(("/secret-path-of-a-hook", "test"), (receiver.Taken.Single().Path, receiver.Taken.Single().Json.GetProperty("kind").GetString()));

        receiver.Refuse(500, said: $"no room in {receiver.Address}secret-path-of-a-hook");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send test to by hand" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("by hand did not take the test. It answered 500 and said: no room in •••");
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit by hand" }).ClickAsync();
        await Expect(page.Locator("#channel-name")).ToHaveValueAsync("by hand");
        await Expect(page.Locator("#channel-url")).ToHaveValueAsync("");
        Assert.DoesNotContain("secret-path", await page.ContentAsync());
        Assert.DoesNotContain(ATellingPortal.SigningSecret, await page.ContentAsync());
        await page.Locator("#channel-name").FillAsync("by hand, renamed");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        var made = Assert.Single(await channels.ListAsync(stop)).Channel;
        Assert.Equal(("by hand, renamed", receiver.Address + "secret-path-of-a-hook"), (made.Name, made.Secrets!.Url));

        await page.GetByRole(AriaRole.Button, new() { Name = "Add a route" }).ClickAsync();
        await page.Locator("#route-name").FillAsync("all of it");
        await page.Locator("#route-repeat").FillAsync("1");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#route-repeat-faults")).ToContainTextAsync("allowed are 5 to 10080 minutes");
        Assert.Empty(await PageFaults.AxeAsync(page));
        await page.Locator("#route-repeat").FillAsync("60");
        await page.GetByLabel("the weekly summary").CheckAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        Assert.Equal(60, Assert.Single(await routes.ListAsync(stop)).Route.Rules.RepeatMinutes);

        receiver.Accept();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send summary to by hand, renamed" }).ClickAsync();
        await Expect(page.GetByText("by hand, renamed took the summary.")).ToBeVisibleAsync();
        Assert.StartsWith("Weekly summary: ", receiver.Taken.Last().Json.GetProperty("title").GetString());

        await DeleteAsync("by hand, renamed");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The route all of it sends to by hand, renamed.");
        await DeleteAsync("all of it");
        await Expect(page.GetByText("No route yet")).ToBeVisibleAsync();
        await DeleteAsync("by hand, renamed");
        await Expect(page.GetByText("Nobody is told of anything yet. Add")).ToBeVisibleAsync();

        async Task DeleteAsync(string name)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = $"Delete {name}" }).ClickAsync();
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = $"Delete {name}" }).ClickAsync();
        }
    }
}
