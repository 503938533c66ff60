using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Access.SignIn;

namespace TftPortal.Tests.Access.SignIn;

public sealed class SignInTests
{
    private static readonly IPAddress Elsewhere = IPAddress.Parse("127.0.0.66");

    [Fact]
    public async Task A_session_is_a_cookie_that_scripts_and_other_sites_do_not_get_and_that_signing_in_always_makes_new()
    {
        await using var portal = await PeopledPortal.StartAsync();
        using var person = portal.Browser();
        person.Cookies.Add(portal.Address, new Cookie("tft-session", "planted-by-somebody-else-planted-by-somebod"));
        using var answer = await person.SignInAsync(PeopledPortal.Admin, PeopledPortal.Password);
        var set = answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("tft-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", set, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", set, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("planted", set, StringComparison.Ordinal);

        var first = person.Session!;
        using var second = await person.SignInAsync(PeopledPortal.Admin, PeopledPortal.Password);
        Assert.NotEqual(first, person.Session);
        using var thief = portal.Browser();
        thief.Cookies.SetCookies(portal.Address, first);
        using var refused = await thief.GetAsync("/system");
        Assert.Equal(HttpStatusCode.Found, refused.StatusCode); // the session before has ended
    }

    [Fact]
    public async Task Over_HTTPS_the_cookie_is_bound_to_the_host()
    {
        await using var portal = await PeopledPortal.StartEmptyAsync();
        var http = new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestServices = portal.Services };
        http.Request.Scheme = "https";
        SessionCookie.Write(http, "a-secret");
        var set = http.Response.Headers.SetCookie.ToString();
        Assert.StartsWith("__Host-tft-session=a-secret; ", set, StringComparison.Ordinal);
        Assert.Contains("secure", set, StringComparison.Ordinal);
        Assert.Contains("path=/", set, StringComparison.Ordinal);
        Assert.DoesNotContain("domain", set, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_unknown_disabled_or_wrong_is_told_the_same_words()
    {
        await using var portal = await PeopledPortal.StartAsync();
        var id = await portal.MakeAsync("gone@example.com", PortalRoles.Viewer);
        await portal.Users.SetDisabledAsync(id, true, PeopledPortal.Tester, TestContext.Current.CancellationToken);
        using var person = portal.Browser();
        List<string> told = [];
        foreach (var (email, password) in new[] { ("nobody@example.com", PeopledPortal.Password), (PeopledPortal.Admin, "not the password"), ("gone@example.com", PeopledPortal.Password) })
        {
            using var answer = await person.SignInAsync(email, password);
            var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            told.Add($"{(int)answer.StatusCode} {Regex.Match(page, "class=\"said[^>]*>(?<told>[^<]*)<", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["told"].Value}");
        }

        Assert.Equal(["200 Wrong e-mail address or password."], told.Distinct());
        Assert.Equal(3, (await portal.AuditAsync()).Count(entry => entry is { Action: "signin.failed", Detail: "wrong e-mail address or password" }));
    }

    [Fact]
    public async Task Whoever_guesses_is_told_to_wait_and_the_owner_elsewhere_or_on_a_known_device_is_not()
    {
        await using var portal = await PeopledPortal.StartAsync();
        using var owner = await portal.SignedInAsync();
        using var guesser = portal.Browser();
        var answers = new List<HttpStatusCode>();
        for (var tries = 0; tries < 8; tries++)
        {
            using var answer = await guesser.SignInAsync(PeopledPortal.Admin, $"guess number {tries}");
            answers.Add(answer.StatusCode);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) Assert.NotNull(answer.Headers.RetryAfter?.Delta);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        using var right = await guesser.SignInAsync(PeopledPortal.Admin, PeopledPortal.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode); // a right guess is not told either

        using var known = await owner.SignInAsync(PeopledPortal.Admin, PeopledPortal.Password); // the same address, a device that signed in before
        Assert.Equal(HttpStatusCode.Found, known.StatusCode);
        using var elsewhere = portal.Browser(Elsewhere);
        using var there = await elsewhere.SignInAsync(PeopledPortal.Admin, PeopledPortal.Password);
        Assert.Equal(HttpStatusCode.Found, there.StatusCode);
    }

    [Fact]
    public async Task Many_tries_at_once_gain_nothing()
    {
        var throttle = new SignInThrottle(TimeProvider.System);
        var let = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => throttle.Try(("somebody", 5)) is null)));
        Assert.Equal(5, let.Count(passed => passed));
    }

    [Fact]
    public void A_million_names_take_no_memory_and_quiet_ones_are_forgotten()
    {
        var clock = new FakeTimeProvider();
        var throttle = new SignInThrottle(clock);
        for (var index = 0; index < 1_000_000; index++) throttle.Try(($"name {index}", 5));
        Assert.InRange(throttle.Count, 1, SignInThrottle.MaxEntries + 1);
        clock.Advance(TimeSpan.FromHours(2));
        throttle.Try(("another", 5));
        Assert.InRange(throttle.Count, 1, 2);
    }

    [Fact]
    public async Task The_second_step_asks_for_a_code_that_is_good_once_and_recovery_codes_are_too()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var portal = await PeopledPortal.StartAsync(clock);
        var stop = TestContext.Current.CancellationToken;
        using var person = await portal.SignedInAsync();
        using var account = await person.GetAsync("/account");
        var carried = APerson.Hidden(await account.Content.ReadAsStringAsync(stop), "Enrol.Secret");
        var secret = portal.Services.GetRequiredService<SecondStep>().Open(carried)!;
        using var enrolled = await person.SubmitAsync("/account", "enrol", ("Enrol.Secret", carried), ("Enrol.Code", Code()));
        var page = await enrolled.Content.ReadAsStringAsync(stop);
        var codes = Regex.Matches(page, "<li><code>(?<code>[a-z2-7-]{19})</code>", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(match => match.Groups["code"].Value).ToList();
        Assert.Equal(SecondStep.RecoveryCodes, codes.Count);

        Assert.False(await EntersAsync(Code())); // the code that was used to set it up
        clock.Advance(TimeSpan.FromSeconds(30));
        var code = Code();
        Assert.True(await EntersAsync(code));
        Assert.False(await EntersAsync(code));
        Assert.True(await EntersAsync(codes[0].ToUpperInvariant()));
        Assert.False(await EntersAsync(codes[0]));

        string Code() => Totp.CodeAt(secret, Totp.StepAt(clock.GetUtcNow()));

        async Task<bool> EntersAsync(string sent)
        {
            using var browser = portal.Browser();
            using var first = await browser.SignInAsync(PeopledPortal.Admin, PeopledPortal.Password);
            Assert.Null(browser.Session); // the password alone opens nothing
            var html = await first.Content.ReadAsStringAsync(stop);
            using var second = await browser.SubmitAsync(html, "/sign-in", "code", ("Code.Proof", APerson.Hidden(html, "Code.Proof")), ("Code.Text", sent));
            return browser.Session is not null;
        }
    }

    [Fact]
    public async Task A_role_that_needs_a_second_step_opens_nothing_but_its_setup_before_that()
    {
        await using var portal = await PeopledPortal.StartAsync(null, "--SignIn:RequireTotpFor=Operator, Admin");
        using var person = await portal.SignedInAsync();
        using var fleet = await person.GetAsync("/system");
        Assert.Equal("/account", fleet.Headers.Location?.OriginalString);
        using var account = await person.GetAsync("/account");
        Assert.Equal(HttpStatusCode.OK, account.StatusCode);
        using var circuit = await person.SubmitAsync("", "/_blazor/negotiate?negotiateVersion=1", "");
        Assert.Equal(HttpStatusCode.Forbidden, circuit.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example")]
    public async Task Signing_in_leads_to_this_portal_and_nowhere_else(string wanted)
    {
        await using var portal = await PeopledPortal.StartAsync();
        using var person = portal.Browser();
        using var answer = await person.SubmitAsync($"/sign-in?returnUrl={Uri.EscapeDataString(wanted)}", "password", ("Password.Email", PeopledPortal.Admin), ("Password.Text", PeopledPortal.Password));
        Assert.Equal("/", new Uri(portal.Address, answer.Headers.Location!).PathAndQuery);
        Assert.Equal(portal.Address.Host, new Uri(portal.Address, answer.Headers.Location!).Host);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        await using var portal = await PeopledPortal.StartAsync();
        using var person = portal.Browser();
        using var answer = await person.SubmitAsync("", "/sign-in", "password", ("Password.Email", PeopledPortal.Admin), ("Password.Text", PeopledPortal.Password));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(person.Session);
    }
}
