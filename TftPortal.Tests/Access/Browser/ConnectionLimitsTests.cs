using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Access.Limits;
using TftPortal.Access.SignIn;
using TftPortal.Tests.Access.SignIn;
using TftPortal.Tests.Api;

namespace TftPortal.Tests.Access.Browser;

/// <summary>What one client can take from the others, over bare sockets.</summary>
public sealed class ConnectionLimitsTests
{
    [Fact]
    public async Task A_body_that_trickles_is_given_up()
    {
        await using var portal = await StartAsync("--Connections:GraceSeconds=2");
        var answer = await SayAsync(portal, $"POST /feed/data HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {RunningPortal.Key}\r\nContent-Length: 1000\r\n\r\n{{");
        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_that_never_end_are_given_up()
    {
        await using var portal = await StartAsync("--Connections:HeaderSeconds=1");
        Assert.StartsWith("HTTP/1.1 408", await SayAsync(portal, "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_headers_many_headers_and_a_long_line_are_refused()
    {
        await using var portal = await StartAsync("--Connections:MaxHeaderBytes=4096", "--Connections:MaxHeaders=20", "--Connections:MaxLineBytes=1024");
        var many = string.Concat(Enumerable.Range(0, 30).Select(number => $"X-{number}: 1\r\n"));
        Assert.StartsWith("HTTP/1.1 431", await SayAsync(portal, $"GET /health HTTP/1.1\r\nHost: localhost\r\nX-Large: {new string('x', 5000)}\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431", await SayAsync(portal, $"GET /health HTTP/1.1\r\nHost: localhost\r\n{many}\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 414", await SayAsync(portal, $"GET /health?{new string('x', 2000)} HTTP/1.1\r\nHost: localhost\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_past_the_limit_are_closed_and_the_others_work_on()
    {
        await using var portal = await StartAsync("--Connections:Max=10");
        List<TcpClient> held = [];
        try
        {
            for (var number = 0; number < 10; number++)
            {
                held.Add(await ConnectAsync(portal));
                Assert.StartsWith("HTTP/1.1 200", await AskAsync(held[number]), StringComparison.Ordinal);
            }

            Assert.Equal("", await SayAsync(portal, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            Assert.StartsWith("HTTP/1.1 200", await AskAsync(held[0]), StringComparison.Ordinal);
        }
        finally
        {
            held.ForEach(client => client.Dispose());
        }
    }

    [Theory]
    [InlineData("--Connections:MaxPagesPerAddress=2", HttpStatusCode.TooManyRequests)]
    [InlineData("--Connections:MaxPages=2", HttpStatusCode.ServiceUnavailable)]
    [InlineData("--Connections:MaxWebSockets=2", HttpStatusCode.ServiceUnavailable)]
    public async Task A_page_too_many_is_told_when_to_return_and_a_closed_one_makes_room(string setting, HttpStatusCode status)
    {
        await using var portal = await StartAsync(setting, "--TFT_API_KEY=");
        using var first = await OpenPageAsync(portal);
        using var second = await OpenPageAsync(portal);
        using var third = await OpenPageAsync(portal);
        Assert.Equal(status, third.HttpStatusCode);
        Assert.True(third.HttpResponseHeaders!.ContainsKey("Retry-After"));
        var negotiated = await NegotiateAsync(portal);
        Assert.Equal((status, TimeSpan.FromSeconds(30)), (negotiated.StatusCode, negotiated.Headers.RetryAfter!.Delta));

        second.Abort();
        await KeyedPortal.EventuallyAsync(async () => (await NegotiateAsync(portal)).StatusCode == HttpStatusCode.OK);
        using var fourth = await OpenPageAsync(portal);
        Assert.Equal(HttpStatusCode.SwitchingProtocols, fourth.HttpStatusCode);
    }

    [Fact]
    public async Task A_users_pages_are_counted_together_wherever_they_are_and_another_user_of_the_same_address_has_an_own_share()
    {
        await using var portal = await PeopledPortal.StartAsync(null, "--Connections:MaxPagesPerUser=2", "--Connections:MaxPagesPerAddress=1");
        await portal.MakeAsync("vera@example.com", PortalRoles.Viewer);
        using var desk = await portal.SignedInAsync();
        using var phone = await portal.SignedInAsync();
        using var other = await portal.SignedInAsync("vera@example.com");
        using var first = await OpenPageAsync(portal.Address, desk.Session);
        using var second = await OpenPageAsync(portal.Address, phone.Session);
        using var third = await OpenPageAsync(portal.Address, desk.Session);
        using var veras = await OpenPageAsync(portal.Address, other.Session);
        Assert.Equal((HttpStatusCode.SwitchingProtocols, HttpStatusCode.SwitchingProtocols), (first.HttpStatusCode, second.HttpStatusCode));
        Assert.Equal(HttpStatusCode.TooManyRequests, third.HttpStatusCode);
        Assert.True(third.HttpResponseHeaders!.ContainsKey("Retry-After"));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, veras.HttpStatusCode);
    }

    [Fact]
    public async Task An_idle_connection_is_closed()
    {
        await using var portal = await StartAsync("--Connections:KeepAliveSeconds=1");
        Assert.StartsWith("HTTP/1.1 200", await SayAsync(portal, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"), StringComparison.Ordinal); // it is heard to its end
    }

    [Fact]
    public async Task A_body_that_nests_deeper_than_the_setting_is_refused_whole_and_says_how_deep_it_may()
    {
        await using var portal = await StartAsync("--Feed:MaxDepth=4");
        var answer = await portal.FeedAsync("""{"records":[{"notes":[[1]]}]}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Nested more than 4 deep", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "text/event-stream")]
    [InlineData("GET", "*/*")]
    [InlineData("POST", "*/*")]
    public async Task A_page_connects_by_WebSocket_alone(string method, string accept)
    {
        await using var portal = await StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await portal.SendAsync(new(method), "/_blazor?id=x", key: null, headers: ("Accept", accept))).StatusCode);
    }

    [Fact]
    public void A_million_addresses_that_come_and_go_leave_nothing()
    {
        var slots = new LiveSlots();
        for (var number = 0; number < 1_000_000; number++)
        {
            Assert.Equal(SlotAnswer.Free, slots.Take($"{number}", 1, 10, keep: true));
            slots.Give($"{number}");
        }

        Assert.Equal(0, slots.Total);
    }

    [Fact]
    public async Task A_batch_of_too_many_records_is_refused_whole_and_says_how_many_are_allowed()
    {
        await using var portal = await StartAsync("--Feed:MaxRecords=2");
        var answer = await portal.FeedAsync("""{"records":[{},{},{}]}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("a batch has at most 2 records", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static Task<RunningPortal> StartAsync(params string[] settings) => RunningPortal.StartAsync(null, withEngine: false, settings);

    private static async Task<TcpClient> ConnectAsync(RunningPortal portal)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, portal.Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>Says something, and hears all until the other side closes; for at most a minute.</summary>
    private static async Task<string> SayAsync(RunningPortal portal, string text)
    {
        using var client = await ConnectAsync(portal);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        try
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), patience.Token);
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            return await reader.ReadToEndAsync(patience.Token);
        }
        catch (IOException)
        {
            return ""; // closed on us
        }
    }

    private static async Task<string> AskAsync(TcpClient client)
    {
        await client.GetStream().WriteAsync("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var bytes = new byte[4096];
        return Encoding.ASCII.GetString(bytes, 0, await client.GetStream().ReadAsync(bytes, TestContext.Current.CancellationToken));
    }

    private static Task<HttpResponseMessage> NegotiateAsync(RunningPortal portal) => portal.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", key: null);

    private static Task<ClientWebSocket> OpenPageAsync(RunningPortal portal) => OpenPageAsync(portal.Client.BaseAddress!, null);

    private static async Task<ClientWebSocket> OpenPageAsync(Uri portal, string? session)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", portal.GetLeftPart(UriPartial.Authority));
        if (session is not null) socket.Options.SetRequestHeader("Cookie", session);
        try
        {
            await socket.ConnectAsync(new UriBuilder(portal) { Scheme = "ws", Path = "/_blazor" }.Uri, TestContext.Current.CancellationToken);
        }
        catch (WebSocketException)
        {
            // refused: the status says how
        }

        return socket;
    }
}
