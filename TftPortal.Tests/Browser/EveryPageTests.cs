using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TftPortal.Tests.Browser;

/// <summary>What holds for every page, in both themes, on a laptop and on a phone.</summary>
public sealed class EveryPageTests(OpenBrowser open) : IClassFixture<OpenBrowser>
{
    private static readonly string[] Pages = ["", "servers/ppdb0001", "system", "history", "model"];

    private static readonly ColorScheme[] Themes = [ColorScheme.Dark, ColorScheme.Light];
    private static readonly int[] Widths = [1440, 390];

    public static TheoryData<string, ColorScheme, int> Everywhere =>
        [.. from page in Pages from theme in Themes from width in Widths select (page, theme, width)];

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_page_has_no_fault_for_its_reader(string path, ColorScheme theme, int width) => await LookAsync(open.Browser, open.Busy.Address + path, theme, width);

    [Fact]
    public async Task A_long_name_and_charts_that_the_server_does_not_send_fit_a_phone() =>
        await LookAsync(open.Browser, open.Busy.Address + "servers/" + ABusyFleet.LongName, ColorScheme.Light, 390);

    [Theory]
    [InlineData("")]
    [InlineData("system")]
    [InlineData("model")]
    [InlineData("servers/nobody")]
    [InlineData("history?server=nobody")]
    [InlineData("no/such/page")]
    public async Task A_page_with_nothing_to_show_has_none_either(string path) => await LookAsync(open.Browser, open.Empty.Address + path, ColorScheme.Light, 390);

    [Fact]
    public async Task A_server_is_found_and_opened_by_keys_alone_and_the_address_carries_the_search()
    {
        await using var context = await open.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(open.Busy.Address);
        await Expect(page.Locator("[data-interactive]")).ToBeAttachedAsync(new() { Timeout = 20_000 });
        await Expect(page.Locator("h1")).ToBeFocusedAsync(); // where a page that opens puts the focus, and it does so after it is live
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("ppetl");
        await Expect(page.Locator(".table-count")).ToHaveTextAsync("1 of 65 servers");
        await Expect(page).ToHaveURLAsync(open.Busy.Address + "?q=ppetl");

        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Next and previous row");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync("ppetl0001");
    }

    [Fact]
    public async Task A_filter_stands_in_the_address_and_the_way_back_clears_it_and_a_cell_of_the_map_opens_its_server()
    {
        await using var context = await open.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(open.Busy.Address);
        await Expect(page.Locator("[data-interactive]")).ToBeAttachedAsync(new() { Timeout = 20_000 });
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Profile" }).SelectOptionAsync("database");
        await Expect(page.Locator(".table-count")).ToHaveTextAsync("1 of 65 servers");
        await Expect(page).ToHaveURLAsync(open.Busy.Address + "?profile=database");
        await page.GetByRole(AriaRole.Link, new() { Name = "Clear" }).ClickAsync();
        await Expect(page.Locator(".table-count")).ToHaveTextAsync("65 servers");

        await page.GetByText("Columns", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Disk", new() { Exact = true }).UncheckAsync();
        await Expect(page).ToHaveURLAsync(open.Busy.Address + "?hide=disk");
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Disk" })).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Img, new() { Name = "Database: 1 servers" }).ClickAsync(new() { Position = new() { X = 8, Y = 8 } });
        await Expect(page.Locator("h1")).ToHaveTextAsync("ppdb0001");
    }

    [Fact]
    public async Task Charts_are_pointed_at_and_zoomed_together_and_what_they_show_is_taken_along()
    {
        await using var context = await open.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 1200 } });
        var page = await context.NewPageAsync();
        var faults = new PageFaults(page);
        await page.GotoAsync(open.Busy.Address + "servers/ppdb0001?past=1d&ahead=2h");
        await Expect(page.Locator("[data-interactive]")).ToBeAttachedAsync(new() { Timeout = 20_000 });
        await Expect(page.Locator(".segments a[aria-current]")).ToHaveTextAsync(["1 day", "2 h"]);
        await Expect(page.Locator(".fan-chart svg").Nth(2)).ToBeVisibleAsync();
        await page.Locator(".fan-chart").First.ScrollIntoViewIfNeededAsync();
        var box = (await page.Locator(".fan-chart").First.BoundingBoxAsync())!;

        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 60);
        await Expect(page.Locator(".fan-chart").Nth(1).Locator(".chart-mark")).ToBeVisibleAsync();
        await Expect(page.Locator(".fan-chart").First.Locator(".chart-mark")).ToHaveCountAsync(0); // it has its own
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.75f), box.Y + 60, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        var whole = page.GetByRole(AriaRole.Button, new() { Name = "Show the whole range" });
        await Expect(whole).ToBeVisibleAsync();
        await whole.ClickAsync();
        await Expect(whole).ToBeHiddenAsync();

        var csv = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        Assert.StartsWith("metric,unit,part,time,", await File.ReadAllTextAsync(await csv.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var png = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Memory as PNG" }).ClickAsync());
        Assert.Equal("ppdb0001-mem_used_pct.png", png.SuggestedFilename);
        Assert.Equal("PNG"u8.ToArray(), (await File.ReadAllBytesAsync(await png.PathAsync(), TestContext.Current.CancellationToken))[1..4]);

        await page.GetByRole(AriaRole.Button, new() { Name = "What if the threshold of Memory were elsewhere" }).ClickAsync();
        await page.GetByRole(AriaRole.Slider, new() { Name = "Threshold of Memory" }).FillAsync("50");
        await Expect(page.Locator(".what-if")).ToContainTextAsync("at or above 50");
        Assert.Empty(await PageFaults.AxeAsync(page));
        faults.AssertNone();
    }

    [Fact]
    public async Task Deleting_a_set_aside_file_asks_in_a_dialog_that_escape_closes_and_axe_accepts()
    {
        await using var context = await open.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 844 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(open.Busy.Address + "system");
        await Expect(page.Locator("[data-interactive]")).ToBeAttachedAsync(new() { Timeout = 20_000 }); // a click before that reaches nobody
        var delete = page.GetByRole(AriaRole.Button, new() { Name = "Delete inference_rolling_window.parquet" });
        await Expect(delete).ToBeEnabledAsync(new() { Timeout = 20_000 }); // this browser is on the portal's machine

        await delete.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("inference_rolling_window.parquet.damaged");
        Assert.Empty(await PageFaults.AxeAsync(page));
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download inference_rolling_window.parquet" }).ClickAsync());
        Assert.Equal("PAR1 damaged", await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_browser_that_came_by_another_name_sees_nothing_and_is_led_to_sign_in()
    {
        await using var context = await open.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(open.Busy.Address.Replace("127.0.0.1", OpenBrowser.OtherName, StringComparison.Ordinal) + "system");
        Assert.EndsWith("/sign-in?returnUrl=%2Fsystem", page.Url, StringComparison.Ordinal);
        await Expect(page.Locator("h1")).ToHaveTextAsync("Sign in");
        await Expect(page.Locator("[data-interactive]")).ToHaveCountAsync(0);
    }

    internal static async Task LookAsync(IBrowser browser, string address, ColorScheme theme, int width)
    {
        await using var context = await browser.NewContextAsync(new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 900 } });
        var page = await context.NewPageAsync();
        var faults = new PageFaults(page, expected: "404"); // the page that is not there is answered so, and the browser says it

        await page.GotoAsync(address);
        await Expect(page.Locator("[data-interactive], .plain")).ToBeAttachedAsync(new() { Timeout = 20_000 }); // forms have no connection
        if (address.Contains("/servers/pp", StringComparison.Ordinal)) await Expect(page.Locator(".fan-chart svg").First).ToBeVisibleAsync();
        Assert.Equal(theme.ToString().ToLowerInvariant(), await page.Locator("html").GetAttributeAsync("data-theme"));

        await faults.JudgeAsync(width < 400 ? [width, 320] : [width]); // 320: the smallest phone
        faults.AssertNone();
    }
}
