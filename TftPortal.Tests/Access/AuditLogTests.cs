using System.IO.Pipelines;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Access.Audit;
using TftPortal.Access.Records;

namespace TftPortal.Tests.Access;

public sealed class AuditLogTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Entries_are_read_newest_first_and_page_by_page_without_one_missing()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var portal = await KeyedPortal.StartAsync(withEngine: false);
        await WriteAsync(portal, Enumerable.Range(1, 2500).Select(number => Entry($"person {number}", "key.created")));
        var log = portal.Services.GetRequiredService<AuditLog>();
        var filter = new AuditFilter { Actor = "PERSON" };

        var first = await log.ReadAsync(filter, below: null, size: 10, stop);
        var second = await log.ReadAsync(filter, first[^1].Number, size: 10, stop);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"person {2500 - i}"), first.Concat(second).Select(entry => entry.Actor));
        Assert.Equal(2500, await log.CountAsync(filter, stop));
        Assert.Equal(2500, await log.AllAsync(filter, stop).Select(entry => entry.Number).Distinct().CountAsync(stop));
    }

    [Fact]
    public async Task A_filter_asks_for_time_who_what_and_text_all_at_once_and_takes_no_letter_for_a_pattern()
    {
        await using var portal = await KeyedPortal.StartAsync(withEngine: false);
        await WriteAsync(portal,
        [
            Entry("ada", "state.saved", at: Noon.AddDays(-1)), Entry("ada", "key.created", "100% of web_01"), Entry("Ada", "key.revoked", "100 of web-01"),
            Entry("bob", "key.created", "100% of web_01"), Entry("ada", "keyring.opened"), Entry("ada", "key.created", "100% of web_01", Noon.AddDays(1)),
        ]);

        Assert.Equal(["key.created"], await ActionsAsync(portal, new("2026-11-24", "2026-11-24", "ada", "key.", "100% of WEB_01")));
        Assert.Equal(["key.revoked", "key.created"], await ActionsAsync(portal, new("2026-11-24", "2026-11-24", "ADA", "key.", null)));
        Assert.Equal(["state.saved"], await ActionsAsync(portal, new("2026-11-23", "2026-11-24T11:59:59Z", "ada", null, null)));
        Assert.Equal(["key.created", "key.created", "key.created"], await ActionsAsync(portal, new("2026-11-23", null, null, null, "%")));
        Assert.Empty(await ActionsAsync(portal, new("2026-11-23", null, null, null, "\\")));
    }

    [Theory]
    [InlineData("yesterday", null, "from is 'yesterday'; allowed is a day in UTC, such as 2026-11-24, or a moment, such as 2026-11-24T08:00:00Z.")]
    [InlineData(null, "24.11.2026", "to is '24.11.2026'; allowed is a day in UTC, such as 2026-11-24, or a moment, such as 2026-11-24T08:00:00Z.")]
    public void A_time_that_can_not_be_understood_is_named(string? from, string? to, string problem) => Assert.Equal(problem, new AuditQuery(from, to, null, null, null).Read().Problem);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a, b", "\"a, b\"")]
    [InlineData("she said \"no\"", "\"she said \"\"no\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("=HYPERLINK(\"http://evil.test\")", "\"'=HYPERLINK(\"\"http://evil.test\"\")\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("＝1", "\"'＝1\"")]
    [InlineData("Ünïcödé 😀", "Ünïcödé 😀")]
    public async Task A_field_of_the_csv_is_never_a_formula_and_always_one_field(string detail, string written)
    {
        var csv = await CsvAsync([new(7, Noon, "ada", "10.0.0.1", "key.created", "aB3dE6gH", detail)]);
        Assert.Equal($"\uFEFFnumber,at,actor,origin,action,subject,detail\r\n7,2026-11-24T12:00:00.000Z,ada,10.0.0.1,key.created,aB3dE6gH,{written}\r\n", csv);
    }

    [Fact]
    public async Task A_long_csv_is_written_as_it_is_read_and_breaks_no_letter_in_two()
    {
        var detail = string.Concat(Enumerable.Repeat("😀", 999));
        var csv = await CsvAsync(Enumerable.Range(0, 300).Select(number => new AuditEntry(number, Noon, "x" + new string('y', number % 7), "", "a", "b", detail)));
        Assert.Equal(300, csv.Split("\r\n").Count(line => line.EndsWith($",{detail}", StringComparison.Ordinal)));
    }

    private static async Task<string> CsvAsync(IEnumerable<AuditEntry> entries)
    {
        var stream = new MemoryStream();
        await AuditCsv.WriteAsync(PipeWriter.Create(stream), entries.ToAsyncEnumerable(), TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async Task<IEnumerable<string>> ActionsAsync(KeyedPortal portal, AuditQuery query) =>
        (await portal.Services.GetRequiredService<AuditLog>().ReadAsync(query.Read().Filter! with { Before = query.Read().Filter!.Before ?? Noon.AddDays(2) }, null, 100, TestContext.Current.CancellationToken)).Select(entry => entry.Action).Where(action => action != "key.refused");

    private static AuditRow Entry(string actor, string action, string detail = "", DateTimeOffset? at = null) =>
        new() { At = at ?? Noon, Actor = actor, Origin = "10.0.0.1", Action = action, Subject = "thing", Detail = detail };

    private static async Task WriteAsync(KeyedPortal portal, IEnumerable<AuditRow> entries)
    {
        await using var database = await portal.Services.GetRequiredService<IDbContextFactory<PortalRecords>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        database.Audit.AddRange(entries);
        await database.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
