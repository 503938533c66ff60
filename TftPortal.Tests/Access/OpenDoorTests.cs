using System.Net;
using TftPortal.Tests.Api;

namespace TftPortal.Tests.Access;

/// <summary>Without any key.</summary>
public sealed class OpenDoorTests
{
    [Fact]
    public async Task A_program_on_this_machine_is_let_in()
    {
        await using var portal = await RunningPortal.StartAsync("--TFT_API_KEY=");
        Assert.Equal(HttpStatusCode.OK, (await portal.SendAsync(HttpMethod.Get, "/alerts/active", key: null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await portal.SendAsync(HttpMethod.Get, "/alerts/active", key: "any")).StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "192.0.2.7")]
    [InlineData("Forwarded", "for=192.0.2.7")]
    [InlineData("X-Real-IP", "192.0.2.7")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("Host", "portal.example.com")] // a name that was made to point here
    [InlineData("Origin", "https://evil.example")] // a page that sends a body without a type needs no preflight
    [InlineData("Origin", "null")]
    public async Task What_comes_from_elsewhere_is_not(string header, string value)
    {
        await using var portal = await RunningPortal.StartAsync("--TFT_API_KEY=");
        Assert.Equal(HttpStatusCode.Forbidden, (await portal.SendAsync(HttpMethod.Get, "/alerts/active", key: null, headers: (header, value))).StatusCode);
    }

    [Fact]
    public async Task Nobody_is_let_in_while_other_machines_can_connect()
    {
        await using var portal = await RunningPortal.StartAsync("--TFT_API_KEY=", "--urls=http://127.0.0.1:0;http://0.0.0.0:0");
        Assert.Equal(HttpStatusCode.Forbidden, (await portal.SendAsync(HttpMethod.Get, "/alerts/active", key: null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await portal.SendAsync(HttpMethod.Get, "/health", key: null)).StatusCode);
    }

    [Fact]
    public async Task Blanks_around_the_configured_key_do_not_count()
    {
        await using var portal = await RunningPortal.StartAsync("--TFT_API_KEY=  blank-key  ");
        Assert.Equal(HttpStatusCode.OK, (await portal.SendAsync(HttpMethod.Get, "/alerts/active", key: "blank-key")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await portal.SendAsync(HttpMethod.Get, "/alerts/active?api_key=blank-key", key: null)).StatusCode);
    }
}
