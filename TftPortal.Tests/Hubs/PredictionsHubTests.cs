using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Access.ApiKeys;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;
using TftPortal.Hubs;
using TftPortal.Tests.Access;
using TftPortal.Tests.Access.SignIn;

namespace TftPortal.Tests.Hubs;

/// <summary>What another dashboard sees, over a real connection.</summary>
public sealed class PredictionsHubTests(PredictionsHubTests.Portal shared) : IClassFixture<PredictionsHubTests.Portal>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task A_reading_key_in_the_header_follows_the_fleet_one_server_and_the_alerts(HttpTransportType transport)
    {
        var portal = shared.Running;
        Publish(portal, 41);
        await using var connection = await ConnectAsync(portal, shared.Reader, transport);

        await using var fleet = connection.StreamAsync<FleetFrame>("Fleet", Stop).GetAsyncEnumerator(Stop);
        await using var server = connection.StreamAsync<ServerFrame>("Server", "db-01", Stop).GetAsyncEnumerator(Stop);
        await using var alerts = connection.StreamAsync<List<AlertFrame>>("Alerts", Stop).GetAsyncEnumerator(Stop);
        Assert.True(await fleet.MoveNextAsync() && await server.MoveNextAsync() && await alerts.MoveNextAsync());
        Assert.Equal((2, 1, "test-1"), (fleet.Current.Servers, fleet.Current.CriticalAlerts, fleet.Current.ModelVersion));
        Assert.Equal(("db-01", "web_api", 300, 41f), (server.Current.Server, server.Current.Profile, server.Current.StepSeconds, server.Current.Metrics["mem_used_pct"].Current));
        Assert.Equal(96, server.Current.Metrics["mem_used_pct"].P90.Count);
        Assert.Equal("db-01", Assert.Single(alerts.Current).Server);

        var before = fleet.Current.Sequence;
        Publish(portal, 77);
        Assert.True(await fleet.MoveNextAsync() && await server.MoveNextAsync());
        Assert.True(fleet.Current.Sequence > before);
        Assert.Equal(77, server.Current.Metrics["mem_used_pct"].Current);
    }

    [Fact]
    public async Task Who_has_no_reading_key_does_not_get_in_and_a_key_in_the_address_opens_nothing()
    {
        var portal = shared.Running;
        var (feeder, _) = await portal.MakeAsync("feeder", ApiScopes.Feed);
        foreach (var key in new[] { null, "wrong", feeder })
        {
            var refused = await Assert.ThrowsAsync<HttpRequestException>(() => ConnectAsync(portal, key));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        using var answer = await portal.SendAsync(HttpMethod.Post, $"/hubs/predictions/negotiate?negotiateVersion=1&access_token={shared.Reader}", null);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_revoked_key_gets_no_further_frame()
    {
        var portal = shared.Running;
        Publish(portal, 41);
        var (key, id) = await portal.MakeAsync("short-lived", ApiScopes.Read);
        await using var connection = await ConnectAsync(portal, key);
        await using var fleet = connection.StreamAsync<FleetFrame>("Fleet", Stop).GetAsyncEnumerator(Stop);
        Assert.True(await fleet.MoveNextAsync());

        await portal.Store.RevokeAsync(id, KeyedPortal.Tester, Stop);
        Publish(portal, 42);

        var refused = await Assert.ThrowsAsync<HubException>(async () => await fleet.MoveNextAsync());
        Assert.Contains("revoked", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_and_a_101st_stream_is_refused()
    {
        var portal = shared.Running;
        Publish(portal, 41);
        await using var connection = await ConnectAsync(portal, shared.Reader);
        var unknown = await Assert.ThrowsAsync<HubException>(async () => await connection.StreamAsync<ServerFrame>("Server", "nobody", Stop).FirstAsync(Stop));
        Assert.Contains("There is no server \"nobody\".", unknown.Message, StringComparison.Ordinal);

        List<IAsyncEnumerator<FleetFrame>> streams = [];
        for (var stream = 0; stream < 100; stream++)
        {
            streams.Add(connection.StreamAsync<FleetFrame>("Fleet", Stop).GetAsyncEnumerator(Stop));
            Assert.True(await streams[^1].MoveNextAsync());
        }

        var one = await Assert.ThrowsAsync<HubException>(async () => await connection.StreamAsync<FleetFrame>("Fleet", Stop).FirstAsync(Stop));
        Assert.Contains("100 streams at most", one.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_signed_in_follows_by_cookie_from_the_portals_own_pages_alone()
    {
        await using var portal = await PeopledPortal.StartAsync();
        await portal.Services.GetRequiredService<KeyStore>().CreateAsync(new() { Name = "a key closes the open door", Scopes = ApiScopes.Read, Days = 1 }, KeyedPortal.Tester, Stop);
        using var person = await portal.SignedInAsync();
        async Task<HttpStatusCode> NegotiateAsync(string? origin)
        {
            using var client = new HttpClient { BaseAddress = portal.Address };
            using var request = new HttpRequestMessage(HttpMethod.Post, "/hubs/predictions/negotiate?negotiateVersion=1");
            request.Headers.Add("Cookie", person.Session);
            if (origin is not null) request.Headers.Add("Origin", origin);
            using var answer = await client.SendAsync(request, Stop);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await NegotiateAsync(portal.Address.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(HttpStatusCode.Forbidden, await NegotiateAsync("https://evil.com"));
        Assert.Equal(HttpStatusCode.Forbidden, await NegotiateAsync("null"));
        Assert.Equal(HttpStatusCode.Forbidden, await NegotiateAsync("http://localhost:8501")); // may call the API, with a key
    }

    [Theory]
    [InlineData("https://evil.com", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:8501", HttpStatusCode.Forbidden)] // a page can bring no key to a WebSocket
    [InlineData(null, HttpStatusCode.SwitchingProtocols)]
    public async Task A_WebSocket_is_for_programs_and_own_pages_whatever_key_it_brings(string? origin, HttpStatusCode expected)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("X-API-Key", shared.Reader);
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(shared.Running.Address, "/hubs/predictions")) { Scheme = "ws" }.Uri, Stop);
        }
        catch (WebSocketException)
        {
            // Refused: the status says how.
        }

        Assert.Equal(expected, socket.HttpStatusCode);
    }

    /// <summary>The server keeps one picture for who reads slowly, not all that were made.</summary>
    [Fact]
    public async Task A_client_that_does_not_read_loses_frames_and_never_the_newest()
    {
        const int Pictures = 3_000;
        var portal = shared.Running;
        Publish(portal, 1);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("X-API-Key", shared.Reader);
        socket.Options.SetBuffer(4_096, 4_096);
        await socket.ConnectAsync(new UriBuilder(new Uri(portal.Address, "/hubs/predictions")) { Scheme = "ws" }.Uri, Stop);
        await SendAsync(socket, """{"protocol":"json","version":1}""");
        await SendAsync(socket, """{"type":4,"invocationId":"1","target":"Server","arguments":["db-01"]}""");
        await KeyedPortal.EventuallyAsync(() => Task.FromResult(Feed(portal).Watchers > 0));

        for (var picture = 0; picture < Pictures; picture++)
        {
            Publish(portal, picture % 100);
            if (picture % 10 == 0) await Task.Yield();
        }

        var newest = Publish(portal, 55.5f);
        var (frames, last) = (0, 0f);
        var reader = new SocketReader(socket);
        while (last != 55.5f)
        {
            using var message = JsonDocument.Parse(await reader.ReadAsync(Stop));
            if (!message.RootElement.TryGetProperty("item", out var item)) continue;
            frames++;
            last = item.GetProperty("metrics").GetProperty("mem_used_pct").GetProperty("current").GetSingle();
        }

        Assert.InRange(frames, 1, Pictures / 2);
        Assert.True(newest > Pictures);
    }

    private static Task SendAsync(ClientWebSocket socket, string message) => socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, true, Stop);

    private static OutlookFeed Feed(KeyedPortal portal) => portal.Services.GetRequiredService<OutlookFeed>();

    private static long Publish(KeyedPortal portal, float memory)
    {
        var feed = Feed(portal);
        var sequence = feed.Latest.Sequence + 1;
        feed.Publish(AnOutlook.Of(sequence, AnOutlook.Noon.AddSeconds(sequence), new AServer("db-01") { Risk = 91 }.With(Metric.MemUsedPercent, memory), new AServer("web-01")));
        return sequence;
    }

    private static async Task<HubConnection> ConnectAsync(KeyedPortal portal, string? key, HttpTransportType transport = HttpTransportType.WebSockets)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(portal.Address, "/hubs/predictions"), transport, http =>
            {
                if (key is not null) http.Headers["X-API-Key"] = key;
            })
            .AddJsonProtocol(json => json.PayloadSerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower)
            .Build();
        await connection.StartAsync(Stop);
        return connection;
    }

    /// <summary>One portal for all of them, without the engine's loop: the tests say which pictures there are.</summary>
    public sealed class Portal : IAsyncLifetime
    {
        internal KeyedPortal Running { get; private set; } = null!;

        internal string Reader { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            Running = await KeyedPortal.StartAsync(null, false, KeyedPortal.NoLimits);
            (Reader, _) = await Running.MakeAsync("another dashboard", ApiScopes.Read);
        }

        public ValueTask DisposeAsync() => Running.DisposeAsync();
    }
}

/// <summary>Reads SignalR's messages off a WebSocket, one at a time.</summary>
internal sealed class SocketReader(ClientWebSocket socket)
{
    private readonly Queue<string> messages = new();
    private readonly byte[] buffer = new byte[65_536];
    private string rest = "";

    public async Task<string> ReadAsync(CancellationToken stop)
    {
        while (messages.Count == 0)
        {
            var received = await socket.ReceiveAsync(buffer, stop);
            Assert.NotEqual(WebSocketMessageType.Close, received.MessageType);
            var parts = (rest + Encoding.UTF8.GetString(buffer, 0, received.Count)).Split('\u001e');
            foreach (var whole in parts[..^1]) messages.Enqueue(whole);
            rest = parts[^1];
        }

        return messages.Dequeue();
    }
}
