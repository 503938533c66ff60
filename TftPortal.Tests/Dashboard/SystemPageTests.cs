using Bunit;
using TftPortal.Dashboard.Layout;
using TftPortal.Dashboard.State;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.State;

namespace TftPortal.Tests.Dashboard;

public sealed class SystemPageTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tft-state-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_good_state_has_nothing_to_do_and_says_when_what_was_saved()
    {
        using var browser = new APage(AnOutlook.Empty(), keeper: Keeper(AState.Good(AnOutlook.Noon)));
        var page = browser.Render<SystemPage>();

        Assert.Contains("Nothing to do. Every reading that was accepted is on disk.", Flat(page.Find(".verdict").TextContent), StringComparison.Ordinal);
        Assert.Equal("42 inference_rolling_window.parquet | 3 min ago 11:59:30 UTC, tick 91,414 | 57,600 20 servers | 1.8 MB in 12 ms", string.Join(" | ", page.Find(".data-table tbody tr").Children.Select(cell => Flat(cell.TextContent))));
        Assert.Contains("batches 90,211 to 91,414, 3.5 MB", Flat(page.Find(".pairs").TextContent), StringComparison.Ordinal);
        Assert.Contains("6,360 readings in 318 batches, 41 ms", Flat(page.Find(".pairs").TextContent), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StateHealth.JournalOnly)]
    [InlineData(StateHealth.DiskFull)]
    [InlineData(StateHealth.NotWritable)]
    public void A_bad_state_is_a_red_banner_that_is_read_out_with_the_reason(StateHealth health)
    {
        using var browser = new APage(AnOutlook.Empty(), keeper: Keeper(AState.Good(AnOutlook.Noon) with { Health = health, Message = "Why it is so." }));
        var banner = browser.Render<SystemPage>().Find(".verdict-critical");
        Assert.Equal("alert", banner.GetAttribute("role"));
        Assert.Contains("Why it is so.", banner.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_migration_says_where_the_file_is_kept_as_it_was()
    {
        using var browser = new APage(AnOutlook.Empty(), keeper: Keeper(AState.Bad(AnOutlook.Noon)));
        var panel = Flat(browser.Render<SystemPage>().Find("section[aria-labelledby=migrations]").TextContent);

        Assert.Contains("5,760 readings of 20 servers read, 0 refused; the file as it was is kept as inference_rolling_window.parquet.migrated-20261124T071502000Z", panel, StringComparison.Ordinal);
        Assert.Contains("Not read: it has no column server_name.", panel, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_that_is_not_good_is_marked_in_the_bar_of_every_page()
    {
        using var browser = new APage(AnOutlook.Empty(), keeper: Keeper(AState.Bad(AnOutlook.Noon)));
        Assert.NotNull(browser.Render<AppBar>().Find("nav a[href=system] .mark-critical"));
        using var calm = new APage(AnOutlook.Empty(), keeper: Keeper(AState.Good(AnOutlook.Noon)));
        Assert.Empty(calm.Render<AppBar>().FindAll("nav .mark"));
    }

    [Fact]
    public void A_new_picture_brings_the_newest_report()
    {
        var keeper = Keeper(AState.Good(AnOutlook.Noon));
        using var browser = new APage(AnOutlook.Empty(), keeper: keeper);
        var page = browser.Render<SystemPage>();

        keeper.Change(now => now with { Health = StateHealth.DiskFull, Message = "No space is left." });
        browser.Feed.Publish(AnOutlook.Of(2, AnOutlook.Noon.AddSeconds(30), new AServer("web-01")));

        page.WaitForAssertion(() => Assert.Contains("No space is left.", page.Find(".verdict-critical").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void An_engine_that_is_starting_says_so_and_a_portal_without_a_file_says_that_too()
    {
        using var starting = new APage(AnOutlook.Empty(), keeper: Keeper(StateReport.Nothing));
        var page = starting.Render<SystemPage>();
        Assert.Contains("The engine is starting.", page.Find(".verdict").TextContent, StringComparison.Ordinal);
        Assert.Contains("The engine is reading its journal…", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Nothing has been saved yet.", page.Markup, StringComparison.Ordinal);

        using var memoryOnly = new APage(AnOutlook.Empty());
        Assert.Contains("Nothing is kept on disk", memoryOnly.Render<SystemPage>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_now_waits_for_the_file_and_says_what_was_saved()
    {
        var keeper = Keeper(AState.Good(AnOutlook.Noon));
        using var browser = new APage(AnOutlook.Empty(), keeper: keeper);
        var page = browser.Render<SystemPage>();

        var clicked = SaveButton(page).ClickAsync(new());
        var asked = await keeper.Wanted.ReadAsync(Xunit.TestContext.Current.CancellationToken);
        page.WaitForAssertion(() => Assert.Equal("Saving…", SaveButton(page).TextContent));
        Assert.True(SaveButton(page).HasAttribute("disabled"));
        var made = AState.Generation(43, AnOutlook.Noon);
        keeper.Change(now => now with { Generations = [made, now.Generations[0]] });
        asked.SetResult(made);
        await clicked;

        Assert.Contains("Saved generation 43 in 12\u202fms.", page.Markup, StringComparison.Ordinal);
        Assert.StartsWith("43 ", Flat(page.Find(".data-table tbody th").TextContent), StringComparison.Ordinal);
        Assert.Equal("Save now", SaveButton(page).TextContent);
        Assert.Equal(["user a reader state.saved generation 43"], browser.Audited);
    }

    [Fact]
    public async Task A_save_that_fails_says_why_and_can_be_tried_again()
    {
        var keeper = Keeper(AState.Good(AnOutlook.Noon));
        using var browser = new APage(AnOutlook.Empty(), keeper: keeper);
        var page = browser.Render<SystemPage>();

        var clicked = SaveButton(page).ClickAsync(new());
        (await keeper.Wanted.ReadAsync(Xunit.TestContext.Current.CancellationToken)).SetException(new StateNotSavedException("The folder is read-only."));
        await clicked;

        Assert.Equal("The folder is read-only.", page.Find(".section-fault").TextContent);
        Assert.False(SaveButton(page).HasAttribute("disabled"));
    }

    [Fact]
    public void A_set_aside_file_is_deleted_only_after_a_question_that_names_it()
    {
        var file = AState.SetAside(AnOutlook.Noon);
        var path = Path.Combine(folder.FullName, file.File);
        File.WriteAllText(path, "damaged");
        using var browser = new APage(AnOutlook.Empty(), keeper: Keeper(AState.Bad(AnOutlook.Noon)));
        var page = browser.Render<SystemPage>();

        Delete(page).Click();
        Assert.Contains(file.File, page.WaitForElement("dialog").TextContent, StringComparison.Ordinal);
        page.Find("dialog button:not(.button-danger)").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("dialog")));
        Assert.True(File.Exists(path));

        Delete(page).Click();
        page.WaitForElement("dialog .button-danger").Click();
        page.WaitForAssertion(() => Assert.Contains($"Deleted {file.File}.", page.Markup, StringComparison.Ordinal));
        Assert.False(File.Exists(path));
        Assert.Equal([$"user a reader state.file_deleted {file.File}"], browser.Audited);
        Assert.Contains("A file that can't be read is put aside here", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_can_not_be_deleted_stays_listed_with_the_reason()
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, AState.SetAside(AnOutlook.Noon).File)); // no file: the system refuses
        using var browser = new APage(AnOutlook.Empty(), keeper: Keeper(AState.Bad(AnOutlook.Noon)));
        var page = browser.Render<SystemPage>();

        Delete(page).Click();
        page.WaitForElement("dialog .button-danger").Click();

        Assert.Contains("could not be deleted: ", page.WaitForElement(".section-fault").TextContent, StringComparison.Ordinal);
        Assert.NotNull(Delete(page));
    }

    [Fact]
    public void A_viewer_sees_everything_and_can_change_nothing()
    {
        using var browser = new APage(AnOutlook.Empty(), keeper: Keeper(AState.Bad(AnOutlook.Noon)), mayAll: false);
        var page = browser.Render<SystemPage>();

        Assert.NotEmpty(page.FindAll(".data-table tbody tr"));
        Assert.All(page.FindAll("section button"), button => Assert.True(button.HasAttribute("disabled")));
        Assert.Empty(page.FindAll("a[download]"));
    }

    [Theory]
    [InlineData(0, "0\u202fB")]
    [InlineData(999, "999\u202fB")]
    [InlineData(1_000, "1\u202fkB")]
    [InlineData(183_000, "183\u202fkB")]
    [InlineData(999_600, "1\u202fMB")]
    [InlineData(1_840_000, "1.8\u202fMB")]
    [InlineData(2_500_000_000, "2.5\u202fGB")]
    public void A_size_is_told_in_few_letters(long bytes, string words) => Assert.Equal(words, Figures.Bytes(bytes));

    [Theory]
    [InlineData(0.4, "0.4\u202fms")]
    [InlineData(41, "41\u202fms")]
    [InlineData(1_250, "1.3\u202fs")]
    [InlineData(180_000, "3 min")]
    public void A_duration_is_told_in_few_letters(double milliseconds, string words) => Assert.Equal(words, Figures.Duration(TimeSpan.FromMilliseconds(milliseconds)));

    private StateKeeper Keeper(StateReport report) => new(folder.FullName, report);

    private static AngleSharp.Dom.IElement SaveButton(IRenderedComponent<SystemPage> page) => page.Find("section[aria-labelledby=generations] button");

    private static AngleSharp.Dom.IElement Delete(IRenderedComponent<SystemPage> page) => page.Find("button[aria-label^=Delete]");

    private static string Flat(string text) => string.Join(' ', text.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries)).Replace('\u202f', ' ');
}
