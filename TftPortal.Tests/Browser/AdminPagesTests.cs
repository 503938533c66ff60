using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TftPortal.Access.ApiKeys;
using static Microsoft.Playwright.Assertions;

namespace TftPortal.Tests.Browser;

/// <summary>The pages of the administration, in a real browser.</summary>
public sealed class AdminPagesTests(AdminsBrowser open) : IClassFixture<AdminsBrowser>, IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await open.CloseAsync();

    [Theory]
    [InlineData("admin")]
    [InlineData("admin/keys")]
    [InlineData("admin/channels")]
    [InlineData("admin/audit")]
    [InlineData("admin/limits")]
    [InlineData("admin/security")]
    [InlineData("admin/users")]
    public async Task A_page_has_no_fault_for_its_reader_full_or_empty_dark_or_light_wide_or_narrow(string path)
    {
        foreach (var (portal, theme, width) in new[] { (open.Full, ColorScheme.Dark, 1440), (open.Full, ColorScheme.Light, 390), (open.Empty, ColorScheme.Dark, 390) })
            await open.LookAsync(portal, path, theme, width);
    }

    [Fact]
    public async Task A_key_is_made_by_the_keyboard_alone_with_every_fault_at_its_field_and_its_secret_is_shown_once()
    {
        var page = await open.VisitAsync(open.Full, "admin/keys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#key-name")).ToBeFocusedAsync();
        await page.Locator("#key-days").FillAsync("0");
        await page.Locator("#key-networks").FillAsync("10.0.0.1/8");
        await page.Locator("#key-feed").FillAsync("many");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#key-name-faults")).ToContainTextAsync("a key needs a name");
        await Expect(page.Locator("#key-days-faults")).ToContainTextAsync("allowed are 1 to 730 days");
        await Expect(page.Locator("#key-networks-faults")).ToContainTextAsync("10.0.0.1/8");
        await Expect(page.Locator("#key-feed-faults")).ToContainTextAsync("'many' is no whole number");
        await Expect(page.Locator("#key-days")).ToHaveAttributeAsync("aria-describedby", "key-days-faults key-days-hint");
        Assert.Empty(await PageFaults.AxeAsync(page));

        await page.Locator("#key-days").FillAsync("30");
        await page.Locator("#key-networks").FillAsync("");
        await page.Locator("#key-feed").FillAsync("600");
        await page.Locator("#key-prefix").FillAsync("web-");
        await page.Locator("#key-name").FillAsync("made by hand");
        await page.Keyboard.PressAsync("Enter");
        var secret = await page.Locator("#copy-key").InnerTextAsync();
        Assert.True(KeyText.TryRead(secret.Trim(), out _));
        var opened = open.Full.Services.GetRequiredService<KeyRing>().Find(secret.Trim(), null);
        Assert.True(opened.Opens);
        Assert.Equal(("made by hand", "web-", 600), (opened.Held!.Key.Name, opened.Held.Key.ServerPrefix, opened.Held.Key.FeedPerMinute));
        await Expect(page.Locator("#copy-key-curl")).ToContainTextAsync("\"server_name\":\"web-01\"");
        await Expect(page.Locator("#copy-key-agent")).ToContainTextAsync("tft-agent --url");
        Assert.Empty(await PageFaults.AxeAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy the key" }).ClickAsync();
        Assert.Equal(secret.Trim(), (await page.EvaluateAsync<string>("navigator.clipboard.readText()")).Trim());

        await page.GetByRole(AriaRole.Button, new() { Name = "I have stored it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.DoesNotContain(secret.Trim(), await page.ContentAsync(), StringComparison.Ordinal);
        await page.ReloadAsync();
        Assert.DoesNotContain(secret.Trim(), await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_dialog_keeps_what_was_typed_while_the_list_beneath_it_moves_on()
    {
        var page = await open.VisitAsync(open.Full, "admin/keys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
        await page.Locator("#key-name").FillAsync("half written");
        var keys = await open.Full.Services.GetRequiredService<KeyStore>().CreateAsync(new() { Name = $"meanwhile {Guid.NewGuid():N}", Scopes = ApiScopes.Read, Days = 1 }, new("a test", ""), TestContext.Current.CancellationToken);
        await page.Locator("[data-search]").EvaluateAsync("box => box.blur()");
        await Expect(page.Locator(".verdict-critical")).ToContainTextAsync(keys.Held!.Key.Name, new() { Timeout = 20_000 }); // it expires within a day
        await Expect(page.Locator("#key-name")).ToHaveValueAsync("half written");
        await Expect(page.Locator("#key-name")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Revoking_names_the_key_and_what_used_it_last_and_holds_at_once()
    {
        var (store, ring) = (open.Full.Services.GetRequiredService<KeyStore>(), open.Full.Services.GetRequiredService<KeyRing>());
        var made = await store.CreateAsync(new() { Name = $"doomed {Guid.NewGuid():N}", Scopes = ApiScopes.Read, Days = 100 }, new("a test", ""), TestContext.Current.CancellationToken);
        made.Held!.Use.Allow(1, System.Net.IPAddress.Parse("192.0.2.44"), "doomed-agent/1", TimeProvider.System.GetUtcNow());
        var page = await open.VisitAsync(open.Full, "admin/keys");
        await page.GetByPlaceholder("Find a key").FillAsync(made.Held.Key.Name);
        await page.GetByRole(AriaRole.Button, new() { Name = $"Revoke {made.Held.Key.Name}" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync($"Revoke {made.Held.Key.Name}?");
        await Expect(dialog).ToContainTextAsync("192.0.2.44, doomed-agent/1");
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        Assert.True(ring.Find(made.Text, null).Opens);

        await page.GetByRole(AriaRole.Button, new() { Name = $"Revoke {made.Held.Key.Name}" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"Revoke {made.Held.Key.Name}" }).ClickAsync();
        await Expect(page.Locator(".keys-table tbody")).ToContainTextAsync("revoked");
        Assert.Equal(KeyRefusal.Revoked, ring.Find(made.Text, null).Refusal);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "State" }).SelectOptionAsync("Active");
        await Expect(page.Locator(".table-empty")).ToContainTextAsync("No key matches.");
    }

    [Fact]
    public async Task Hundreds_of_keys_cost_the_page_as_few_rows_as_forty()
    {
        await using var portal = await AdminsBrowser.StartAsync(AnOutlook.Empty(TimeProvider.System.GetUtcNow()), more: 250);
        var page = await open.VisitAsync(portal, "admin/keys");
        await Expect(page.Locator(".table-count")).ToHaveTextAsync("258 keys");
        await Expect(page.Locator(".keys-table tbody tr").Nth(9)).ToBeAttachedAsync(); // the first rows come a moment after the count
        Assert.InRange(await page.Locator(".keys-table tbody tr").CountAsync(), 10, 80);
        await page.GetByPlaceholder("Find a key").FillAsync("agent-0177");
        await Expect(page.Locator(".table-count")).ToHaveTextAsync("1 of 258 keys");
    }

    [Fact]
    public async Task The_audit_is_filtered_by_the_address_and_taken_along_as_csv()
    {
        var page = await open.VisitAsync(open.Full, "admin/audit?action=key.rotated");
        await Expect(page.Locator(".audit-table tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator(".audit-table tbody tr")).ToContainTextAsync("batch importer");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        Assert.Matches("^tft-audit-[0-9]{4}-[0-9]{2}-[0-9]{2}\\.csv$", download.SuggestedFilename);
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(["number,at,actor,origin,action,subject,detail", lines[1]], lines);
        Assert.Contains(",key.rotated,", lines[1], StringComparison.Ordinal);

        await page.GetByLabel("What").SelectOptionAsync("key.");
        await Expect(page).ToHaveURLAsync(open.Full.Address + "admin/audit?action=key.");
        await Expect(page.Locator(".audit-table tbody tr").Nth(5)).ToBeVisibleAsync();
        await page.GetByLabel("From").FillAsync("2020-01-01");
        await page.GetByLabel("to", new() { Exact = true }).FillAsync("2020-01-02");
        await Expect(page.Locator(".table-empty")).ToContainTextAsync("No entry matches.");
    }
}
