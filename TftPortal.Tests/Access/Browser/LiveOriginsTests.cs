using System.Net;
using System.Net.WebSockets;
using TftPortal.Tests.Api;

namespace TftPortal.Tests.Access.Browser;

/// <summary>A live connection is for the portal's own pages.</summary>
public sealed class LiveOriginsTests
{
    private const string OpenDoor = "--TFT_API_KEY="; // no key and nobody to sign in

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")] // another port of the same machine
    [InlineData("http://localhost:8501")] // may call the API, but no page
    [InlineData(null)]
    public async Task A_WebSocket_of_another_origin_or_none_is_refused(string? origin)
    {
        await using var portal = await RunningPortal.StartAsync(null, withEngine: false);
        Assert.Equal(HttpStatusCode.Forbidden, await ConnectAsync(portal, origin));
    }

    [Fact]
    public async Task The_portals_own_page_connects()
    {
        await using var portal = await RunningPortal.StartAsync(null, withEngine: false, OpenDoor);
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await ConnectAsync(portal, Own(portal)));
    }

    [Fact]
    public async Task Without_a_session_it_does_not_where_people_sign_in()
    {
        await using var portal = await RunningPortal.StartAsync(null, withEngine: false);
        Assert.Equal(HttpStatusCode.Unauthorized, await ConnectAsync(portal, Own(portal)));
    }

    [Theory]
    [InlineData("POST", "/_blazor/negotiate?negotiateVersion=1", "https://evil.example")]
    [InlineData("POST", "/_blazor/negotiate?negotiateVersion=1", "null")]
    [InlineData("POST", "/_blazor/disconnect", "https://evil.example")]
    [InlineData("POST", "/_Blazor/disconnect/", "http://127.0.0.1:1")]
    [InlineData("GET", "/_blazor/initializers", "null")]
    [InlineData("GET", "/_blazor?id=x", "https://evil.example")]
    [InlineData("OPTIONS", "/_blazor/negotiate", "https://evil.example")]
    public async Task Nothing_of_a_live_connection_is_there_for_another_origin(string method, string path, string origin)
    {
        await using var portal = await RunningPortal.StartAsync(null, withEngine: false);
        var answer = await portal.SendAsync(new(method), path, key: null, headers: ("Origin", origin));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_browser_that_names_no_origin_but_came_from_another_site_is_refused()
    {
        await using var portal = await RunningPortal.StartAsync(null, withEngine: false, OpenDoor);
        Assert.Equal(HttpStatusCode.Forbidden, (await portal.SendAsync(HttpMethod.Get, "/_blazor/initializers", key: null, headers: ("Sec-Fetch-Site", "cross-site"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await portal.SendAsync(HttpMethod.Get, "/_blazor/initializers", key: null, headers: ("Sec-Fetch-Site", "same-origin"))).StatusCode);
    }

    private static string Own(RunningPortal portal) => portal.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    private static async Task<HttpStatusCode> ConnectAsync(RunningPortal portal, string? origin)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await socket.ConnectAsync(new UriBuilder(portal.Client.BaseAddress!) { Scheme = "ws", Path = "/_blazor" }.Uri, TestContext.Current.CancellationToken);
        }
        catch (WebSocketException)
        {
            // refused: the status says how
        }

        return socket.HttpStatusCode;
    }
}
