using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Audit;
using TftPortal.Access.Records;
using TftPortal.Access.SignIn;
using TftPortal.Tests.Access.SignIn;
using TftPortal.Notifications.Delivery;
using TftPortal.Tests.Notifications;

namespace TftPortal.Tests.Access.Records;

/// <summary>What holds whichever database the records are kept in.</summary>
public abstract class RecordsClaims
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The settings of an empty database.</summary>
    internal abstract Task<string[]> NewAsync();

    [Fact]
    public async Task Keys_are_made_rotated_and_revoked_and_a_portal_that_starts_again_knows_them_and_their_use()
    {
        using var folder = new AFolder();
        string[] settings = [.. await NewAsync(), $"--TFT_DATA_DIR={folder.Path}"];
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        string first, second, id, gone, admin;
        await using (var portal = await KeyedPortal.StartAsync(clock, false, settings))
        {
            admin = portal.Admin;
            (first, id) = await portal.MakeAsync("reader", ApiScopes.Read);
            second = (await portal.AdministerAsync(HttpMethod.Post, $"/{id}/rotate", "{}")).GetProperty("key").GetString()!;
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), ((await portal.ReadAsync(first)).StatusCode, (await portal.ReadAsync(second)).StatusCode));
            await portal.AdministerAsync(HttpMethod.Post, $"/{id}/end-grace");
            Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), ((await portal.ReadAsync(first)).StatusCode, (await portal.ReadAsync(second)).StatusCode));
            (gone, var goneId) = await portal.MakeAsync("gone", ApiScopes.Read);
            await portal.AdministerAsync(HttpMethod.Delete, $"/{goneId}");
            Assert.Equal(HttpStatusCode.Forbidden, (await portal.ReadAsync(gone)).StatusCode);
        }

        await using var again = await PeopledPortal.StartEmptyAsync(clock, settings);
        var ring = again.Services.GetRequiredService<KeyRing>();
        Assert.Equal((true, false, false, true), (ring.Find(second, null).Opens, ring.Find(first, null).Opens, ring.Find(gone, null).Opens, ring.Find(admin, null).Opens));
        Assert.Equal((3, 1), ring.Get(id)!.Use.InDay(clock.GetUtcNow()));
        string[] acts = ["key.created", "key.created", "key.rotated", "key.grace_ended", "key.created", "key.revoked"];
        Assert.Equal(acts, (await again.AuditAsync()).Select(entry => entry.Action).Where(act => act is not "key.refused"));
    }

    [Fact]
    public async Task Of_many_who_rotate_a_key_at_once_by_the_portal_and_by_the_command_one_does()
    {
        using var folder = new AFolder();
        string[] settings = [.. await NewAsync(), $"--TFT_DATA_DIR={folder.Path}"];
        await using var portal = await KeyedPortal.StartAsync(null, false, settings);
        var (_, id) = await portal.MakeAsync("busy", ApiScopes.Read);
        var tries = Enumerable.Range(0, 4).Select(_ => CommandAsync(settings, "rotate", id)).Concat(Enumerable.Range(0, 4).Select(async _ => (await portal.Store.RotateAsync(id, null, KeyedPortal.Tester, Stop)).Text ?? ""));
        var told = await Task.WhenAll(tries);
        var rotated = Assert.Single(told, text => text.Length > 0);
        await portal.Store.RefreshAsync(Stop);
        Assert.True(portal.Ring.Find(rotated, null).Opens);
        Assert.Equal(2, portal.Ring.Get(id)!.Key.Secrets.Length);
    }

    [Fact]
    public async Task An_incident_goes_through_the_queue_to_its_end_and_a_channel_that_is_deleted_leaves_nothing()
    {
        await using var receiver = await AReceiver.StartAsync();
        await using var portal = await ATellingPortal.StartAsync(null, await NewAsync());
        var channel = await portal.WebhookAsync("ops", receiver);
        var route = await portal.RouteAsync(channel, ""","repeat_minutes":5""");
        var trouble = new ATrouble("web-01");
        portal.Show(trouble);
        await portal.UntilAsync(() => receiver.Taken.Count == 1);
        portal.Clock.Advance(TimeSpan.FromMinutes(5));
        await portal.UntilAsync(() => receiver.Taken.Count == 2);
        portal.Show();
        await portal.UntilAsync(() => receiver.Taken.Count == 3);
        Assert.Equal(["raised", "repeated", "resolved"], receiver.Taken.Select(request => request.Said.Split(' ')[0]));
        receiver.Refuse(422);
        portal.Show(new ATrouble("web-02"));
        await portal.UntilAsync(() => portal.Services.GetRequiredService<QueueFigures>().Latest is { Dead: 1, Channels: [{ Lost: 1 }] });
        Assert.Equal(["dead", "sent", "sent", "sent"], (await portal.AskAsync(HttpMethod.Get, "/deliveries")).GetProperty("deliveries").EnumerateArray().Select(one => one.GetProperty("state").GetString()));
        await portal.AskAsync(HttpMethod.Put, $"/{channel}", """{"name":"ops","kind":"webhook","enabled":false}""");
        await portal.AskAsync(HttpMethod.Delete, $"/routes/{route}");
        await portal.AskAsync(HttpMethod.Delete, $"/{channel}");
        Assert.Empty(await portal.QueueAsync());
    }

    [Fact]
    public async Task Four_first_starts_at_once_make_one_database()
    {
        using var folder = new AFolder();
        string[] settings = [.. await NewAsync(), $"--TFT_DATA_DIR={folder.Path}"];
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() => CommandAsync(settings, "create", "--scope", "read", "--name", $"key {number}"))));
        Assert.All(made, key => Assert.StartsWith("tft_", key, StringComparison.Ordinal));
        var list = await CommandAsync(settings, "list");
        Assert.All(made, key => Assert.Contains(key[4..12], list, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_four_who_claim_the_setup_at_once_one_is_the_admin()
    {
        await using var portal = await PeopledPortal.StartEmptyAsync(null, await NewAsync());
        var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => portal.Users.CreateFirstAdminAsync($"claimant{number}@example.com", PeopledPortal.Password, PeopledPortal.Tester, Stop)));
        Assert.Single(claims, claim => claim.Problem is null);
        Assert.Single(await portal.Users.ListAsync(Stop));
    }

    [Fact]
    public async Task Of_two_admins_who_demote_each_other_at_once_one_stays_an_admin()
    {
        await using var portal = await PeopledPortal.StartAsync(null, await NewAsync());
        var other = await portal.MakeAsync("otto@example.com", PortalRoles.Admin);
        var first = (await portal.FindAsync(PeopledPortal.Admin)).Id;
        var done = await Task.WhenAll(((string[])[first, other]).Select(id => portal.Users.SetRoleAsync(id, PortalRoles.Viewer, PeopledPortal.Tester, Stop)));
        Assert.Contains("last admin", Assert.Single(done, change => change.Problem is not null).Problem, StringComparison.Ordinal);
        Assert.Single(await portal.Users.ListAsync(Stop), person => person.User.Role == PortalRoles.Admin);
    }

    [Fact]
    public async Task An_admin_by_single_sign_on_does_not_stand_in_for_the_last_one_with_a_password()
    {
        await using var portal = await PeopledPortal.StartAsync(null, await NewAsync());
        var other = await portal.MakeAsync("otto@example.com", PortalRoles.Admin);
        await using (var database = await portal.Services.GetRequiredService<IDbContextFactory<PortalRecords>>().CreateDbContextAsync(Stop))
        {
            database.Logins.Add(new() { LoginProvider = "https://sso.example.com", ProviderKey = "otto", UserId = other });
            await database.SaveChangesAsync(Stop);
        }

        var first = (await portal.FindAsync(PeopledPortal.Admin)).Id;
        Assert.Contains("last admin", (await portal.Users.SetRoleAsync(first, PortalRoles.Viewer, PeopledPortal.Tester, Stop)).Problem, StringComparison.Ordinal);
        Assert.Contains("last admin", (await portal.Users.SetDisabledAsync(first, true, PeopledPortal.Tester, Stop)).Problem, StringComparison.Ordinal);
        Assert.Null((await portal.Users.SetDisabledAsync(other, true, PeopledPortal.Tester, Stop)).Problem);
    }

    [Fact]
    public async Task Somebody_signs_in_is_seen_and_stays_out_once_disabled_and_a_code_is_good_once_for_two_at_once()
    {
        await using var portal = await PeopledPortal.StartAsync(null, await NewAsync());
        var id = await portal.MakeAsync("Olga@example.com", PortalRoles.Operator);
        using var olga = await portal.SignedInAsync("olga@EXAMPLE.com");
        Assert.Equal(1, (await portal.Users.ListAsync(Stop)).Single(person => person.User.Id == id).Sessions);
        Assert.NotNull((await portal.FindAsync("Olga@example.com")).LastSignInAt);
        Assert.Contains("already", (await portal.Users.CreateAsync("OLGA@example.com", PortalRoles.Viewer, PeopledPortal.Tester, Stop)).Problem, StringComparison.Ordinal);

        var second = portal.Services.GetRequiredService<SecondStep>();
        var secret = second.Propose();
        var now = TimeProvider.System.GetUtcNow();
        var (enrolled, codes) = await second.EnrolAsync(id, secret, Totp.CodeAt(second.Open(secret)!, Totp.StepAt(now)), PeopledPortal.Tester, Stop);
        Assert.Null(enrolled.Problem);
        var user = (await portal.Users.FindAsync(id, Stop))!;
        var uses = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => second.UseAsync(user, codes[0], Stop)));
        Assert.Single(uses, used => used);
        Assert.Equal(SecondStep.RecoveryCodes - 1, await second.CountCodesAsync(id, Stop));

        await portal.Users.SetDisabledAsync(id, true, PeopledPortal.Tester, Stop);
        using var refused = await olga.GetAsync("/system");
        Assert.Equal(HttpStatusCode.Found, refused.StatusCode);
    }

    [Fact]
    public async Task The_audit_is_searched_in_either_case_and_takes_no_letter_for_a_pattern_and_no_entry_of_it_changes()
    {
        await using var portal = await PeopledPortal.StartAsync(null, await NewAsync());
        var trail = portal.Services.GetRequiredService<AuditTrail>();
        await trail.WriteAsync("user Ada", "10.0.0.1", "key.created", "aB3dE6gH", "100% of web_01", Stop);
        await trail.WriteAsync("user Ada", "10.0.0.1", "key.created", "aB3dE6gH", "100 of web-01", Stop);
        var log = portal.Services.GetRequiredService<AuditLog>();
        Assert.Equal(2, await log.CountAsync(new() { Actor = "ADA", Action = "KEY." }, Stop));
        Assert.Equal("100% of web_01", Assert.Single(await log.ReadAsync(new() { Actor = "ada", Text = "100% OF web_" }, null, 10, Stop)).Detail);
        Assert.Equal(0, await log.CountAsync(new() { Action = "created" }, Stop));
        Assert.Equal(0, await log.CountAsync(new() { Text = "\\" }, Stop));

        await using var database = await portal.Services.GetRequiredService<IDbContextFactory<PortalRecords>>().CreateDbContextAsync(Stop);
        foreach (var command in (FormattableString[])[$"DELETE FROM audit", $"UPDATE audit SET \"Actor\" = 'nobody'"])
            Assert.Contains("the audit is append-only", (await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => database.Database.ExecuteSqlAsync(command, Stop))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nul\0@example.com", "%00")]
    [InlineData("half\ud83d@example.com", "%ED%A0%BD")]
    [InlineData("whole😀@example.com", "%F0%9F%98%80")]
    public async Task Text_that_no_database_keeps_is_an_answers_matter_and_never_a_fault(string text, string encoded)
    {
        await using var portal = await PeopledPortal.StartAsync(null, await NewAsync());
        using var person = await portal.SignedInAsync();
        foreach (var path in (string[])[$"/admin/audit.csv?text={encoded}&actor={encoded}&action={encoded}", $"/admin/audit?text={encoded}", $"/welcome?link={encoded}"])
        {
            using var page = await person.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }

        using var answer = await person.SignInAsync(text, PeopledPortal.Password);
        Assert.InRange((int)answer.StatusCode, 200, 499);
        Assert.NotNull((await portal.Users.CreateAsync(text, PortalRoles.Viewer, PeopledPortal.Tester, Stop)).User ?? (object)"refused");
        await portal.Services.GetRequiredService<AuditTrail>().WriteAsync(text, text, "test.written", text, text, Stop);
        Assert.Contains(await portal.AuditAsync(), entry => entry.Action == "test.written");
    }

    protected static async Task<string> CommandAsync(string[] settings, params string[] arguments)
    {
        using var output = new StringWriter();
        await KeysCommand.RunAsync(arguments, output, TextWriter.Null, args => Portal.Options([.. settings, .. args]));
        return output.ToString().Trim();
    }
}

/// <summary>In SQLite, the default.</summary>
public sealed class SqliteRecordsTests : RecordsClaims
{
    internal override Task<string[]> NewAsync() => Task.FromResult<string[]>([]);
}

/// <summary>In a PostgreSQL of this machine.</summary>
public sealed class PostgresRecordsTests(APostgres postgres) : RecordsClaims, IClassFixture<APostgres>
{
    internal override async Task<string[]> NewAsync() => ["--Records:Provider=postgres", $"--Records:Connection={await postgres.NewDatabaseAsync()}"];
}
