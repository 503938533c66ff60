using System.Net;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Access;
using TftPortal.Tests.Api;

namespace TftPortal.Tests.Access;

public sealed class RateLimitsTests
{
    [Fact]
    public void A_minute_starts_at_its_first_hit_and_allows_so_many()
    {
        var clock = new FakeTimeProvider();
        var limits = new RateLimits(clock);
        Assert.Null(limits.Hit("a", "/x", 2));
        clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Null(limits.Hit("a", "/x", 2));
        Assert.Equal(TimeSpan.FromSeconds(10), limits.Hit("a", "/x", 2));
        Assert.Null(limits.Hit("a", "/y", 2));
        Assert.Null(limits.Hit("b", "/x", 2));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(limits.Hit("a", "/x", 2));
    }

    [Fact]
    public void Clients_that_are_gone_are_forgotten()
    {
        var clock = new FakeTimeProvider();
        var limits = new RateLimits(clock);
        for (var client = 0; client < 1000; client++) limits.Hit($"{client}", "/x", 1);
        clock.Advance(TimeSpan.FromMinutes(2));
        limits.Hit("new", "/x", 1);
        Assert.Equal(1, limits.Windows);
    }

    [Fact]
    public void A_flood_of_clients_does_not_fill_the_memory()
    {
        var limits = new RateLimits(new FakeTimeProvider());
        for (var client = 0; client < RateLimits.MaxWindows + 1000; client++) limits.Hit($"{client}", "/x", 10);
        Assert.InRange(limits.Windows, 1, RateLimits.MaxWindows + 1);
        Assert.NotNull(limits.Hit("one more", "/x", 10)); // it shares the last window with the others
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    public void An_IPv6_client_is_its_network(string address, string client) => Assert.Equal(client, ClientAddress.Of(IPAddress.Parse(address)));

    [Theory]
    [InlineData("POST", "/feed/data", 60, "Rate limit exceeded: 60 per 1 minute")]
    [InlineData("GET", "/predictions/current", 30, "Rate limit exceeded: 30 per 1 minute")]
    [InlineData("GET", "/alerts/active", 30, "Rate limit exceeded: 30 per 1 minute")]
    public async Task The_hit_past_the_limit_is_429_and_told_when_to_return(string method, string path, int limit, string error)
    {
        await using var portal = await RunningPortal.StartAsync(new FakeTimeProvider(), withEngine: false);
        for (var hit = 0; hit < limit; hit++) Assert.Equal(HttpStatusCode.OK, (await SendAsync(portal, method, path)).StatusCode);
        var answer = await SendAsync(portal, method, path, ("Origin", "http://localhost:8501"));
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal($$"""{"error":"{{error}}"}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(TimeSpan.FromMinutes(1), answer.Headers.RetryAfter!.Delta);
        Assert.Equal("http://localhost:8501", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task After_a_minute_the_client_is_let_in_again()
    {
        var clock = new FakeTimeProvider();
        await using var portal = await RunningPortal.StartAsync(clock, withEngine: false, "--RateLimits:ReadPerMinute=1");
        Assert.Equal(HttpStatusCode.OK, (await portal.GetAsync("/alerts/active")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await portal.GetAsync("/alerts/active")).StatusCode);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await portal.GetAsync("/alerts/active")).StatusCode);
    }

    [Fact]
    public async Task Guessing_keys_ends_in_429_even_for_the_right_guess()
    {
        await using var portal = await RunningPortal.StartAsync(new FakeTimeProvider(), withEngine: false);
        for (var guess = 0; guess < 20; guess++) Assert.Equal(HttpStatusCode.Forbidden, (await portal.SendAsync(HttpMethod.Get, "/alerts/active", key: $"guess-{guess}")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await portal.SendAsync(HttpMethod.Get, "/alerts/active", key: "guess")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await portal.GetAsync("/alerts/active")).StatusCode);
    }

    [Fact]
    public async Task An_agent_with_a_wrong_key_does_not_lock_out_its_neighbours()
    {
        await using var portal = await RunningPortal.StartAsync(new FakeTimeProvider(), withEngine: false);
        Assert.Equal(HttpStatusCode.OK, (await portal.GetAsync("/alerts/active")).StatusCode);
        for (var guess = 0; guess < 25; guess++) await portal.SendAsync(HttpMethod.Get, "/alerts/active", key: "old-key");
        Assert.Equal(HttpStatusCode.OK, (await portal.GetAsync("/alerts/active")).StatusCode);
    }

    private static Task<HttpResponseMessage> SendAsync(RunningPortal portal, string method, string path, params (string, string)[] headers) =>
        portal.SendAsync(new(method), path, method == "POST" ? new StringContent("""{"records":[]}""", System.Text.Encoding.UTF8, "application/json") : null, headers: headers);
}
