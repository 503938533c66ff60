using System.Text.RegularExpressions;
using TftPortal.Tests.Api;

namespace TftPortal.Tests.Access.Browser;

public sealed partial class SecurityHeadersTests
{
    private static readonly (string, string) AsPage = ("Accept", "text/html");

    [Theory]
    [InlineData("/")]
    [InlineData("/system")]
    [InlineData("/servers/nobody")]
    [InlineData("/no/such/page")]
    [InlineData("/sign-in")]
    public async Task A_page_runs_only_scripts_with_the_nonce_of_its_own_answer_and_stands_in_no_frame(string path)
    {
        await using var portal = await RunningPortal.StartAsync(clock: null, withEngine: false, "--TFT_API_KEY="); // the open door
        var first = await portal.GetAsync(path, AsPage);
        var policy = Header(first, "Content-Security-Policy");
        var nonce = Nonce().Match(policy).Groups["nonce"].Value;
        foreach (var script in Script().Matches(await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Select(found => found.Value))
            Assert.Contains($"nonce=\"{nonce}\"", System.Net.WebUtility.HtmlDecode(script), StringComparison.Ordinal);
        foreach (var rule in (string[])["default-src 'none'", "object-src 'none'", "base-uri 'self'", "form-action 'self'", "frame-ancestors 'none'", "report-uri /browser/violations"])
            Assert.Contains(rule, policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Equal("style-src-attr 'unsafe-inline'", Assert.Single(policy.Split("; "), rule => rule.Contains("unsafe-inline", StringComparison.Ordinal)));
        Assert.Equal("same-origin", Header(first, "Cross-Origin-Opener-Policy"));
        Assert.Contains("camera=()", Header(first, "Permissions-Policy"), StringComparison.Ordinal);
        Assert.NotEqual(nonce, Nonce().Match(Header(await portal.GetAsync(path, AsPage), "Content-Security-Policy")).Groups["nonce"].Value);
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/status", "*/*")]
    [InlineData("/alerts/active?api_key=x", "*/*")] // refused
    [InlineData("/nowhere", "*/*")]
    [InlineData("/css/theme.css", "*/*")]
    [InlineData("/fault", "*/*")]
    [InlineData("/fault", "text/html")]
    public async Task Every_answer_keeps_a_browser_from_guessing_and_tells_no_server(string path, string accept)
    {
        await using var portal = await RunningPortal.StartAsync(null, withEngine: false, Faulty);
        var answer = await portal.SendAsync(HttpMethod.Get, path, key: null, headers: ("Accept", accept));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
        Assert.Equal("same-origin", Header(answer, "Referrer-Policy"));
        Assert.Contains("frame-ancestors 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Empty(answer.Headers.Server);
        Assert.False(answer.Headers.Contains("X-Powered-By"));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security")); // no TLS
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("text/html")]
    public async Task A_fault_tells_nothing_of_itself(string accept)
    {
        await using var portal = await RunningPortal.StartAsync(null, withEngine: false, Faulty);
        var answer = await portal.SendAsync(HttpMethod.Get, "/fault", key: null, headers: ("Accept", accept));
        Assert.Equal(500, (int)answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_allowed_origin_still_reads_the_API()
    {
        await using var portal = await RunningPortal.StartAsync(null, withEngine: false);
        var answer = await portal.GetAsync("/alerts/active", ("Origin", "http://localhost:8501"));
        Assert.Equal("http://localhost:8501", Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.False(answer.Headers.Contains("Cross-Origin-Embedder-Policy"));
    }

    /// <summary>A route that fails with a secret in its fault.</summary>
    private static void Faulty(Microsoft.AspNetCore.Builder.WebApplication app) =>
        Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(app, "/fault", _ => throw new InvalidOperationException("the password is hunter2"));

    private static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));

    [GeneratedRegex("'nonce-(?<nonce>[A-Za-z0-9+/=]{20,})'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Script();
}
