using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TftPortal.Tests.Access.SignIn;
using TftPortal.Tests.Api;

namespace TftPortal.Tests.Deploy;

/// <summary>The nginx site of deploy/ as it stands there, but for ports and certificate, in front of a portal.</summary>
public sealed class NginxTests
{
    private const string Host = "portal.example.org";

    [Fact]
    public async Task The_site_serves_pages_live_connections_and_agents_over_TLS_and_no_other_host()
    {
        var nginx = ATool.Find("nginx", "nginx-light");
        var stop = TestContext.Current.CancellationToken;
        await using var portal = await RunningPortal.StartAsync("--Proxies:Networks=127.0.0.1", $"--TFT_ADMIN_EMAIL={PeopledPortal.Admin}", $"--TFT_ADMIN_PASSWORD={PeopledPortal.Password}");
        using var folder = new AFolder();
        var (plain, tls) = (FreePort(), FreePort());
        var settings = Write(folder, portal.Client.BaseAddress!.Port, plain, tls);
        var (code, text) = await ATool.RunAsync(nginx, "-t", "-p", folder.Path, "-c", settings);
        Assert.True(code == 0, text);

        using var running = Process.Start(new ProcessStartInfo(nginx, ["-p", folder.Path, "-c", settings]) { UseShellExecute = false, RedirectStandardError = true })!;
        running.ErrorDataReceived += (_, _) => { }; // drained, so that it never waits for us
        running.BeginErrorReadLine();
        try
        {
            using var handler = Toward(tls);
            using var client = new HttpClient(handler, disposeHandler: false) { BaseAddress = new($"https://{Host}") };
            client.DefaultRequestHeaders.Add("X-API-Key", RunningPortal.Key);
            await Access.KeyedPortal.EventuallyAsync(async () => await AnswersAsync(client, stop));

            using var browsers = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { { "Accept", "text/html" } } };
            using var page = await client.SendAsync(browsers, stop);
            Assert.Contains("TftPortal", await page.Content.ReadAsStringAsync(stop), StringComparison.Ordinal);
            Assert.Equal("max-age=63072000", page.Headers.GetValues("Strict-Transport-Security").Single());
            using var fed = await client.PostAsync("/feed/data", new StringContent($$"""{"records":[{"timestamp":"{{TimeProvider.System.GetUtcNow():O}}","server_name":"web-01","cpu_idle_pct":80}]}""", Encoding.UTF8, "application/json"), stop);
            Assert.Equal(HttpStatusCode.OK, fed.StatusCode);
            using var metrics = await client.GetAsync("/metrics", stop);
            Assert.Equal(HttpStatusCode.NotFound, metrics.StatusCode);

            using var signedIn = await SignInAsync(client, stop);
            Assert.Contains(signedIn.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("__Host-", StringComparison.Ordinal) && cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
            using var live = new ClientWebSocket();
            live.Options.SetRequestHeader("Origin", $"https://{Host}");
            using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
            await live.ConnectAsync(new($"wss://{Host}/_blazor"), invoker, stop);
            Assert.Equal(WebSocketState.Open, live.State);

            await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("https://evil.example/", stop)); // no certificate for it
            Assert.StartsWith("HTTP/1.1 421 ", await DisguisedAsync(tls, stop), StringComparison.Ordinal);
        }
        finally
        {
            running.Kill();
            await running.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient client, CancellationToken stop)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { { "Accept", "text/html" } } };
        using var page = await client.SendAsync(asked, stop);
        var token = APerson.TokenIn(await page.Content.ReadAsStringAsync(stop));
        var answer = await client.PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "password", ["__RequestVerificationToken"] = token, ["Password.Email"] = PeopledPortal.Admin, ["Password.Text"] = PeopledPortal.Password,
        }), stop);
        return answer;
    }

    /// <summary>A handshake for the right host, and a request for another in it; HttpClient would name the same in both.</summary>
    private static async Task<string?> DisguisedAsync(int port, CancellationToken stop)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port, stop);
        await using var stream = new SslStream(socket.GetStream(), leaveInnerStreamOpen: true, IsOurs);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = Host }, stop);
        await stream.WriteAsync("GET /health HTTP/1.1\r\nHost: evil.example\r\n\r\n"u8.ToArray(), stop);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(stop);
    }

    // Self-made, for this test.
    private static bool IsOurs(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors faults) => certificate?.Subject == $"CN={Host}";

    private static async Task<bool> AnswersAsync(HttpClient client, CancellationToken stop)
    {
        try
        {
            using var answer = await client.GetAsync("/health", stop);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // not listening yet
        }
    }

    private static SocketsHttpHandler Toward(int port) => new()
    {
        AllowAutoRedirect = false,
        SslOptions = new()
        {
            RemoteCertificateValidationCallback = IsOurs,
        },
        ConnectCallback = async (_, stop) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    private static string Write(AFolder folder, int portal, int plain, int tls)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(folder["fullchain.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(folder["privkey.pem"], key.ExportPkcs8PrivateKeyPem());
        var site = File.ReadAllText(Path.Combine(ATool.Deploy, "nginx", "tft-portal.conf"))
            .Replace("/etc/ssl/tft-portal", folder.Path, StringComparison.Ordinal)
            .Replace("127.0.0.1:8000", $"127.0.0.1:{portal}", StringComparison.Ordinal)
            .Replace("listen 80", $"listen 127.0.0.1:{plain}", StringComparison.Ordinal)
            .Replace("listen 443", $"listen 127.0.0.1:{tls}", StringComparison.Ordinal);
        File.WriteAllText(folder["site.conf"], site);
        var places = string.Concat(((string[])["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]).Select(use => $"{use}_temp_path {folder[use]};"));
        File.WriteAllText(folder["nginx.conf"], $"daemon off; master_process off; pid {folder["nginx.pid"]}; error_log stderr; events {{ }} http {{ access_log off; {places} include {folder["site.conf"]}; }}");
        return folder["nginx.conf"];
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
