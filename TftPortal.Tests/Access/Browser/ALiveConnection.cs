using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace TftPortal.Tests.Access.Browser;

/// <summary>A page's connection without a page: it speaks Blazor's protocol and sends what it likes.</summary>
internal sealed partial class ALiveConnection : IDisposable
{
    // The protocol is the framework's own and internal; a client of an attacker's would be written from its source.
    private static readonly IHubProtocol Pack = (IHubProtocol)Activator.CreateInstance(typeof(CircuitOptions).Assembly.GetType("Microsoft.AspNetCore.Components.Server.BlazorPack.BlazorPackHubProtocol", throwOnError: true)!, nonPublic: true)!;

    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource left = new();
    private readonly Lock hearing = new();
    private readonly StringBuilder heard = new();
    private int calls;

    /// <summary>Everything that the server has said, as far as it is text.</summary>
    public string Heard
    {
        get { lock (hearing) return heard.ToString(); }
    }

    /// <summary>Connects with somebody's session.</summary>
    public static async Task<ALiveConnection> OpenAsync(Uri portal, string session)
    {
        var live = new ALiveConnection();
        live.socket.Options.SetRequestHeader("Origin", portal.GetLeftPart(UriPartial.Authority));
        live.socket.Options.SetRequestHeader("Cookie", session);
        await live.socket.ConnectAsync(new UriBuilder(portal) { Scheme = "ws", Path = "/_blazor" }.Uri, TestContext.Current.CancellationToken);
        _ = live.HearAsync();
        await live.SendAsync(Encoding.UTF8.GetBytes($$"""{"protocol":"{{Pack.Name}}","version":{{Pack.Version}}}{{'\u001e'}}"""));
        return live;
    }

    /// <summary>Starts a circuit at a path, with the components of a page's HTML, whoever that was made for.</summary>
    /// <param name="portal">The portal.</param>
    /// <param name="path">Where the page says that it is.</param>
    /// <param name="html">The page.</param>
    /// <param name="change">What is forged of each component's marker.</param>
    public async Task StartAsync(Uri portal, string path, string html, Func<JsonNode, JsonNode>? change = null)
    {
        var state = State().Match(html) is { Success: true } found ? found.Groups["state"].Value : "";
        await InvokeAsync("StartCircuit", portal.ToString(), new Uri(portal, path).ToString(), "[]", state);
        var markers = Marker().Matches(html).Select(match => JsonNode.Parse(match.Groups["json"].Value)!).Where(marker => marker["type"]?.GetValue<string>() == "server");
        var operations = new JsonArray([.. markers.Select((marker, index) => new JsonObject { ["type"] = "add", ["ssrComponentId"] = index + 1, ["marker"] = change?.Invoke(marker) ?? marker })]);
        await InvokeAsync("UpdateRootComponents", new JsonObject { ["batchId"] = 1, ["operations"] = operations }.ToJsonString(), state);
    }

    /// <summary>Calls one of the hub's methods. What it answers is heard, or the connection ends; both are the server's right.</summary>
    public Task InvokeAsync(string method, params object?[] arguments) =>
        SendAsync(Pack.GetMessageBytes(new InvocationMessage($"{Interlocked.Increment(ref calls)}", method, arguments)));

    /// <summary>Whether the server says something within a minute, or has ended the connection.</summary>
    public async Task<bool> HearsAsync(string words)
    {
        await KeyedPortal.EventuallyAsync(() => Task.FromResult(Heard.Contains(words, StringComparison.Ordinal) || socket.State != WebSocketState.Open));
        return Heard.Contains(words, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        left.Cancel();
        socket.Dispose();
        left.Dispose();
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, left.Token);
        }
        catch (WebSocketException)
        {
            // the server has had enough
        }
    }

    private async Task HearAsync()
    {
        var bytes = new byte[64 * 1024];
        try
        {
            while (await socket.ReceiveAsync(bytes.AsMemory(), left.Token) is { MessageType: not WebSocketMessageType.Close } part)
            {
                lock (hearing) heard.Append(Encoding.UTF8.GetString(bytes, 0, part.Count));
            }
        }
        catch (Exception over) when (over is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // the connection has ended
        }
    }

    [GeneratedRegex("<!--Blazor:(?<json>\\{.*?\\})-->", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>[^>]*)-->", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex State();
}
