using System.Net;
using TftPortal.Settings;
using TftPortal.Tests.Api;

namespace TftPortal.Tests.Access.Browser;

public sealed class ProxiesTests
{
    [Fact]
    public async Task Another_forwarded_address_with_every_request_lifts_no_limit()
    {
        await using var portal = await RunningPortal.StartAsync(null, withEngine: false, "--RateLimits:WrongKeysPerMinute=3");
        for (var hit = 1; hit <= 5; hit++) Assert.Equal(hit <= 3 ? HttpStatusCode.Forbidden : HttpStatusCode.TooManyRequests, (await GuessAsync(portal, $"198.51.100.{hit}")).StatusCode);
    }

    [Fact]
    public async Task Nor_does_it_where_the_sender_is_not_among_the_known_proxies()
    {
        await using var portal = await RunningPortal.StartAsync(null, withEngine: false, "--RateLimits:WrongKeysPerMinute=3", "--Proxies:Networks=10.9.0.0/16, 192.0.2.1");
        for (var hit = 1; hit <= 5; hit++) Assert.Equal(hit <= 3 ? HttpStatusCode.Forbidden : HttpStatusCode.TooManyRequests, (await GuessAsync(portal, $"198.51.100.{hit}")).StatusCode);
    }

    [Fact]
    public async Task Behind_a_known_proxy_each_client_has_its_own_limit_and_cannot_write_itself_another_address()
    {
        await using var portal = await RunningPortal.StartAsync(null, withEngine: false, "--RateLimits:WrongKeysPerMinute=1", "--Proxies:Networks=127.0.0.0/8");
        Assert.Equal(HttpStatusCode.Forbidden, (await GuessAsync(portal, "198.51.100.1")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await GuessAsync(portal, "198.51.100.2")).StatusCode);
        // What the client wrote itself stands to the left of what the proxy appended.
        Assert.Equal(HttpStatusCode.TooManyRequests, (await GuessAsync(portal, "203.0.113.9, 198.51.100.1")).StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData("", false)]
    public async Task TLS_is_known_from_a_known_proxy_alone(string networks, bool isKnown)
    {
        await using var portal = await RunningPortal.StartAsync(null, withEngine: false, $"--Proxies:Networks={networks}");
        var answer = await portal.GetAsync("/sign-in", ("Accept", "text/html"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "198.51.100.1"), ("X-Forwarded-Host", "portal.example"));
        Assert.Equal(isKnown, answer.Headers.TryGetValues("Strict-Transport-Security", out var hsts));
        if (isKnown) Assert.Equal("max-age=31536000", hsts!.Single());
        Assert.Equal(isKnown, answer.Headers.GetValues("Content-Security-Policy").Single().Contains("wss://portal.example", StringComparison.Ordinal));
        // Its page may connect, once somebody has signed in; where the proxy is not believed, the page is a stranger's.
        var negotiated = await portal.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", key: null, headers: [("Origin", "https://portal.example"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "198.51.100.1"), ("X-Forwarded-Host", "portal.example")]);
        Assert.Equal(isKnown ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden, negotiated.StatusCode);
    }

    [Fact]
    public async Task A_client_of_a_known_proxy_does_not_pass_the_open_door()
    {
        await using var portal = await RunningPortal.StartAsync("--TFT_API_KEY=", "--Proxies:Networks=127.0.0.1");
        Assert.Equal(HttpStatusCode.Forbidden, (await portal.SendAsync(HttpMethod.Get, "/alerts/active", key: null, headers: ("X-Forwarded-For", "127.0.0.1"))).StatusCode);
    }

    [Theory]
    [InlineData("--Proxies:Networks=everybody", "Proxies:Networks is \"everybody\"")]
    [InlineData("--Proxies:Networks=10.0.0.0/33", "Proxies:Networks is \"10.0.0.0/33\"")]
    [InlineData("--Proxies:Networks=0.0.0.0/0", "Proxies:Networks is \"0.0.0.0/0\"")]
    [InlineData("--ForwardedHeaders_Enabled=true", "ASPNETCORE_FORWARDEDHEADERS_ENABLED is \"true\"")]
    public async Task To_believe_everybody_stops_the_start(string setting, string line)
    {
        var fault = await Assert.ThrowsAsync<WrongSettingException>(() => RunningPortal.StartAsync(null, withEngine: false, setting));
        Assert.StartsWith(line, fault.Message, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> GuessAsync(RunningPortal portal, string forwardedFor) =>
        portal.SendAsync(HttpMethod.Get, "/alerts/active", key: "a wrong key", headers: ("X-Forwarded-For", forwardedFor));
}
