using Bunit;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Dashboard.Server;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Dashboard;

public sealed class ServerNotesTests
{
    private static readonly ServerNote Note = new(Guid.NewGuid(), "web-01", "Moves to the other rack.", "user anna@example.com", AnOutlook.Noon.AddDays(-1));

    private static readonly FleetOutlook Noted = AnOutlook.Of(new AServer("web-01")) with { Book = new() { Notes = [Note, Note with { Id = Guid.NewGuid(), Server = "web-02", Text = "Of another." }] } };

    [Fact]
    public void A_servers_own_notes_are_shown_and_deleting_one_asks_by_its_words()
    {
        using var browser = new APage(Noted);
        var page = browser.Render<ServerPage>(with => with.Add(server => server.Name, "web-01"));
        Assert.Equal("Moves to the other rack.", Assert.Single(page.FindAll(".note-text")).TextContent);

        page.WaitForElement("[aria-label='Delete the note “Moves to the other rack.”']").Click();
        Assert.Contains("“Moves to the other rack.”, which anna@example.com wrote of web-01", page.WaitForElement("dialog").TextContent, StringComparison.Ordinal);
        page.Find("dialog .button-danger").Click();

        page.WaitForAssertion(() => Assert.Equal(Note.Id, Assert.IsType<RemoveNoteOrder>(Next(browser)).Note));
    }

    [Fact]
    public void A_note_goes_to_the_engine_by_the_name_of_its_writer_and_a_reader_writes_none()
    {
        using var browser = new APage(Noted);
        var page = browser.Render<ServerPage>(with => with.Add(server => server.Name, "web-01"));
        page.WaitForElement(".server-notes .section-head button").Click();
        page.WaitForElement("#note-text").Change("Its fan is loud.");
        page.Find(".server-notes form").Submit();
        page.WaitForAssertion(() => Assert.Equal(("web-01", "Its fan is loud."), Next(browser) is NoteOrder order ? (order.Server, order.Text) : default));

        using var reader = new APage(Noted, mayAll: false);
        Assert.Empty(reader.Render<ServerPage>(with => with.Add(server => server.Name, "web-01")).FindAll(".server-notes button"));
    }

    private static AlertOrder? Next(APage browser) => browser.Services.GetRequiredService<AlertIntake>().Pending.TryRead(out var pending) ? pending.Order : null;
}
