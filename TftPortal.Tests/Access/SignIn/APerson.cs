using System.Net;
using System.Text.RegularExpressions;

namespace TftPortal.Tests.Access.SignIn;

/// <summary>A browser without scripts, with its own cookies: it asks for a page, fills in its form and sends it.</summary>
internal sealed partial class APerson : IDisposable
{
    private readonly HttpClient client;

    public APerson(Uri portal, IPAddress? from = null)
    {
        // Every address of 127.0.0.0/8 is this machine's own: so somebody else's address can be had without a second machine.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies };
        if (from is not null)
        {
            handler.ConnectCallback = async (context, stop) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            };
        }

        client = new(handler) { BaseAddress = portal };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        client.DefaultRequestHeaders.UserAgent.ParseAdd("a-browser/1");
    }

    public CookieContainer Cookies { get; } = new();

    /// <summary>The session's cookie, as a header would have it; null where there is none.</summary>
    public string? Session => Cookies.GetAllCookies().SingleOrDefault(cookie => cookie.Name == "tft-session") is { Expired: false } session ? $"tft-session={session.Value}" : null;

    public Task<HttpResponseMessage> GetAsync(string path) => client.GetAsync(path, TestContext.Current.CancellationToken);

    /// <summary>Opens a page and sends its form of a name.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string path, string form, params (string Name, string Value)[] fields)
    {
        using var page = await GetAsync(path);
        return await SubmitAsync(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), path, form, fields);
    }

    /// <summary>Sends a form of a page that was read before.</summary>
    public Task<HttpResponseMessage> SubmitAsync(string html, string path, string form, params (string Name, string Value)[] fields)
    {
        var token = TokenIn(html);
        var content = new FormUrlEncodedContent([new("_handler", form), new("__RequestVerificationToken", token), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        return client.PostAsync(path, content, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> SignInAsync(string email, string password) => SubmitAsync("/sign-in", "password", ("Password.Email", email), ("Password.Text", password));

    /// <summary>The token that a page's forms are sent with; empty where it has none.</summary>
    public static string TokenIn(string html) => Token().Match(html) is { Success: true } found ? found.Groups["value"].Value : "";

    /// <summary>A hidden field's value on a page.</summary>
    public static string Hidden(string html, string name) => WebUtility.HtmlDecode(Regex.Match(html, $"name=\"{Regex.Escape(name)}\" value=\"(?<value>[^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["value"].Value);

    public void Dispose() => client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
