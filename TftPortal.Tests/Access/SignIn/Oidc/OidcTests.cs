using System.Net;
using System.Web;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Access.SignIn;

namespace TftPortal.Tests.Access.SignIn.Oidc;

/// <summary>Signing in by a real OpenID Connect server.</summary>
public sealed class OidcTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_group_is_a_role_anew_at_each_sign_in_and_the_session_is_like_any_other()
    {
        await using var server = await AnOidcServer.StartAsync();
        await using var portal = await StartAsync(server);
        using var vera = portal.Browser();
        Assert.Equal("/system", (await SignInAsync(vera, "/system")).PathAndQuery);
        var user = await portal.FindAsync("vera@example.com");
        Assert.Equal((PortalRoles.Viewer, null), (user.Role, user.PasswordHash));
        using (var page = await vera.GetAsync("/system")) Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using (var users = await vera.GetAsync("/admin/users")) Assert.Equal(HttpStatusCode.Forbidden, users.StatusCode);

        server.Somebody = server.Somebody with { Email = "another-address@example.com", Groups = ["staff", "/on call"] };
        using var elsewhere = portal.Browser();
        await SignInAsync(elsewhere);
        user = await portal.FindAsync("vera@example.com"); // the same subject, so the same account
        Assert.Equal(PortalRoles.Operator, user.Role);
        using (var before = await vera.GetAsync("/system")) Assert.Equal(HttpStatusCode.Found, before.StatusCode); // what they may do has changed
        Assert.Single(await portal.Services.GetRequiredService<Sessions>().OfAsync(user.Id, Stop));

        server.Somebody = server.Somebody with { Groups = ["bosses"] };
        await SignInAsync(elsewhere);
        using (var users = await elsewhere.GetAsync("/admin/users")) Assert.Equal(HttpStatusCode.OK, users.StatusCode);
        Assert.Null((await portal.Users.EndSessionsAsync(user.Id, null, PeopledPortal.Tester, Stop)).Problem);
        using (var ended = await elsewhere.GetAsync("/system")) Assert.Equal(HttpStatusCode.Found, ended.StatusCode);
        var told = (await portal.AuditAsync()).Where(entry => entry.Subject == "vera@example.com").Select(entry => entry.Action);
        Assert.Equal(["user.created", "signin.succeeded", "user.role_changed", "signin.succeeded", "user.role_changed", "signin.succeeded", "user.sessions_ended"], told);
    }

    [Fact]
    public async Task Who_loses_every_group_or_is_disabled_is_refused_and_the_sessions_end()
    {
        await using var server = await AnOidcServer.StartAsync();
        await using var portal = await StartAsync(server);
        using var vera = portal.Browser();
        await SignInAsync(vera);
        server.Somebody = server.Somebody with { Groups = ["gardeners"] };
        using var again = portal.Browser();
        Assert.Equal("/sign-in?sso=NoRole", (await SignInAsync(again)).PathAndQuery);
        using (var before = await vera.GetAsync("/system")) Assert.Equal(HttpStatusCode.Found, before.StatusCode);
        using (var said = await again.GetAsync("/sign-in?sso=NoRole")) Assert.Contains("None of your groups at Example SSO may use this portal", await said.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);

        server.Somebody = server.Somebody with { Groups = ["staff"] };
        await portal.Users.SetDisabledAsync((await portal.FindAsync("vera@example.com")).Id, true, PeopledPortal.Tester, Stop);
        Assert.Equal("/sign-in?sso=Disabled", (await SignInAsync(again)).PathAndQuery);
        Assert.Null(again.Session);
        server.Somebody = new("u-2", "new@example.com", ["gardeners"]);
        Assert.Equal("/sign-in?sso=NoRole", (await SignInAsync(again)).PathAndQuery);
        Assert.DoesNotContain(await portal.Users.ListAsync(Stop), person => person.User.Email == "new@example.com");
        Assert.Contains(await portal.AuditAsync(), entry => entry is { Action: "signin.failed", Subject: "new@example.com", Detail: "single sign-on: none of the groups has a role" });
    }

    [Fact]
    public async Task An_account_is_never_taken_over_by_its_address_and_an_unconfirmed_address_makes_none()
    {
        await using var server = await AnOidcServer.StartAsync();
        await using var portal = await StartAsync(server, "--SignIn:Oidc:Others=Viewer");
        using var thief = portal.Browser();
        server.Somebody = new("u-3", PeopledPortal.Admin.ToUpperInvariant(), ["bosses"]);
        Assert.Equal("/sign-in?sso=Taken", (await SignInAsync(thief)).PathAndQuery);
        server.Somebody = new("u-3", "boss@example.com", ["bosses"], IsConfirmed: false);
        Assert.Equal("/sign-in?sso=NoEmail", (await SignInAsync(thief)).PathAndQuery);
        Assert.Null(thief.Session);
        Assert.Single(await portal.Users.ListAsync(Stop));
        server.Somebody = new("u-4", "olga@example.com", []);
        Assert.Equal("/", (await SignInAsync(thief)).PathAndQuery);
        Assert.Equal(PortalRoles.Viewer, (await portal.FindAsync("olga@example.com")).Role);

        var id = (await portal.FindAsync("olga@example.com")).Id;
        Assert.Contains("single sign-on", (await portal.Users.RenewLinkAsync(id, PeopledPortal.Tester, Stop)).Problem, StringComparison.Ordinal);
        Assert.Contains("groups of single sign-on", (await portal.Users.SetRoleAsync(id, PortalRoles.Admin, PeopledPortal.Tester, Stop)).Problem, StringComparison.Ordinal);
        using var local = await portal.SignedInAsync(); // with the password, as before
    }

    [Fact]
    public async Task What_is_forged_replayed_or_begun_in_another_browser_opens_nothing_and_is_no_fault()
    {
        await using var server = await AnOidcServer.StartAsync();
        await using var portal = await StartAsync(server);
        using var victim = portal.Browser();
        using var attacker = portal.Browser();
        var callback = await BackFromThereAsync(attacker);
        await RefusedAsync(victim, callback); // begun by somebody else: login CSRF
        await RefusedAsync(attacker, With(callback, "state", "forged"));
        Assert.Equal("/", (await GoAsync(attacker, await BackFromThereAsync(attacker))).PathAndQuery);

        using var replayer = portal.Browser();
        var first = await BackFromThereAsync(replayer);
        Assert.Equal("/", (await GoAsync(replayer, first)).PathAndQuery);
        replayer.Cookies.GetAllCookies().Single(cookie => cookie.Name == "tft-session").Expired = true;
        await RefusedAsync(replayer, first); // its cookie is used up
        var second = await BackFromThereAsync(replayer);
        await RefusedAsync(replayer, With(second, "code", HttpUtility.ParseQueryString(first.Query)["code"]!)); // another's code: PKCE

        using var nonce = portal.Browser();
        using (var begun = await nonce.GetAsync("/sign-in/oidc")) await RefusedAsync(nonce, await ThereAsync(nonce, With(begun.Headers.Location!, "nonce", "forged")));
        foreach (var path in (string[])["/sign-in/oidc/callback", "/sign-in/oidc/callback?code=x", "/sign-in/oidc/callback?state=x&code=y", "/sign-in/oidc/callback?error=server_error&state=z"]) await RefusedAsync(victim, new(portal.Address, path));
        Assert.Contains(await portal.AuditAsync(), entry => entry is { Action: "signin.failed", Detail: "single sign-on: the nonce is not the one that was sent" });
        Assert.InRange((await portal.AuditAsync()).Count(entry => entry.Action == "signin.failed"), 3, 6); // anybody can send such: in bounds
    }

    [Fact]
    public async Task While_the_provider_is_away_the_local_admin_signs_in_and_nobody_is_led_astray()
    {
        var server = await AnOidcServer.StartAsync();
        await using var portal = await StartAsync(server);
        await server.DisposeAsync();
        using var person = portal.Browser();
        using (var away = await person.GetAsync("/sign-in/oidc")) Assert.Equal("/sign-in?sso=Unreachable", away.Headers.Location?.OriginalString);
        using var admin = await portal.SignedInAsync();
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    public async Task Single_sign_on_leads_back_to_this_portal_and_nowhere_else(string wanted)
    {
        await using var server = await AnOidcServer.StartAsync();
        await using var portal = await StartAsync(server);
        using var person = portal.Browser();
        Assert.Equal(new Uri(portal.Address, "/"), await SignInAsync(person, wanted));
    }

    [Fact]
    public async Task A_second_step_that_a_role_needs_is_the_providers_matter_and_the_account_says_who_keeps_it()
    {
        await using var server = await AnOidcServer.StartAsync();
        await using var portal = await StartAsync(server, "--SignIn:RequireTotpFor=Viewer, Operator, Admin");
        using var person = portal.Browser();
        await SignInAsync(person);
        using (var page = await person.GetAsync("/system")) Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using var account = await person.GetAsync("/account");
        var html = await account.Content.ReadAsStringAsync(Stop);
        Assert.Contains("You sign in with Example SSO", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Enrol.Secret", html, StringComparison.Ordinal);
        using var local = await portal.SignedInAsync();
        using var led = await local.GetAsync("/system");
        Assert.Equal("/account", led.Headers.Location?.OriginalString); // with a password it is ours
    }

    [Fact]
    public async Task A_provider_that_tells_the_groups_by_userinfo_alone_is_asked_there_where_the_setting_says_so()
    {
        await using var server = await AnOidcServer.StartAsync();
        server.TellsInTheToken = false;
        await using var portal = await StartAsync(server, "--SignIn:Oidc:AskUserInfo=true");
        using var vera = portal.Browser();
        Assert.Equal("/", (await SignInAsync(vera)).PathAndQuery);
        Assert.Equal(PortalRoles.Viewer, (await portal.FindAsync("vera@example.com")).Role);
        server.Somebody = new("u-9", "mallory@example.com", ["staff"], IsConfirmed: false);
        using var mallory = portal.Browser();
        Assert.Equal("/sign-in?sso=NoEmail", (await SignInAsync(mallory)).PathAndQuery);
    }

    [Fact]
    public async Task Before_the_first_admin_and_without_a_provider_there_is_no_way_in_by_one()
    {
        await using var server = await AnOidcServer.StartAsync();
        await using (var empty = await PeopledPortal.StartEmptyAsync(null, server.Settings()))
        {
            using var early = empty.Browser();
            using var led = await early.GetAsync("/sign-in/oidc");
            Assert.Equal("/sign-in", led.Headers.Location?.OriginalString);
        }

        await using var portal = await PeopledPortal.StartAsync();
        using var person = portal.Browser();
        using var none = await person.GetAsync("/sign-in/oidc");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        using var page = await person.GetAsync("/sign-in");
        Assert.DoesNotContain("sign-in/oidc", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    /// <summary>A portal that the server knows, with a local admin.</summary>
    internal static async Task<PeopledPortal> StartAsync(AnOidcServer server, params string[] more)
    {
        var portal = await PeopledPortal.StartAsync(null, server.Settings(more));
        await server.RegisterAsync(portal.Address);
        return portal;
    }

    /// <summary>Goes all the way, as a browser does.</summary>
    /// <returns>Where it ends.</returns>
    internal static async Task<Uri> SignInAsync(APerson person, string? wanted = null) => await GoAsync(person, await BackFromThereAsync(person, wanted));

    private static async Task<Uri> BackFromThereAsync(APerson person, string? wanted = null)
    {
        using var begun = await person.GetAsync(wanted is null ? "/sign-in/oidc" : $"/sign-in/oidc?returnUrl={Uri.EscapeDataString(wanted)}");
        var there = begun.Headers.Location!;
        Assert.True(there.IsAbsoluteUri, $"{there}");
        var asked = HttpUtility.ParseQueryString(there.Query);
        Assert.Equal(("code", "S256", null), (asked["response_type"], asked["code_challenge_method"], asked["response_mode"] is "query" or null ? null : asked["response_mode"]));
        Assert.NotNull(asked["nonce"]);
        return await ThereAsync(person, there);
    }

    private static async Task<Uri> ThereAsync(APerson person, Uri there)
    {
        using var answered = await person.GetAsync(there.ToString());
        Assert.Equal(HttpStatusCode.Found, answered.StatusCode);
        return answered.Headers.Location!;
    }

    private static async Task<Uri> GoAsync(APerson person, Uri callback)
    {
        using var came = await person.GetAsync(callback.ToString());
        Assert.Equal(HttpStatusCode.Found, came.StatusCode);
        return new(callback, came.Headers.Location!);
    }

    private static async Task RefusedAsync(APerson person, Uri callback)
    {
        Assert.Equal("/sign-in?sso=Failed", (await GoAsync(person, callback)).PathAndQuery);
        Assert.Null(person.Session);
    }

    private static Uri With(Uri address, string name, string value)
    {
        var query = HttpUtility.ParseQueryString(address.Query);
        query[name] = value;
        return new UriBuilder(address) { Query = query.ToString() }.Uri;
    }
}
