using System.Net.Http.Headers;
using System.Text.Json;

namespace TftPortal.Benchmarks.Load;

/// <summary>Asks the portal, and takes the time from when an answer was due to be asked until its last byte.</summary>
internal sealed class PortalClient : IDisposable
{
    private readonly HttpClient http;
    private readonly TimeProvider clock;

    public PortalClient(Uri address, string? key, TimeProvider clock)
    {
        this.clock = clock;
        http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(100) };
        if (!string.IsNullOrEmpty(key)) http.DefaultRequestHeaders.Add("X-API-Key", key);
    }

    /// <summary>Posts readings.</summary>
    public Task<Answer> PostAsync(ReadOnlyMemory<byte> json, DateTimeOffset due, CancellationToken stop)
    {
        var content = new ReadOnlyMemoryContent(json);
        content.Headers.ContentType = new("application/json");
        return AskAsync("POST /feed/data", new(HttpMethod.Post, "feed/data") { Content = content }, due, null, stop);
    }

    /// <summary>Gets a path.</summary>
    /// <param name="path">Without a leading slash.</param>
    /// <param name="known">The ETag that is known, or null.</param>
    /// <param name="read">Receives the body and the ETag; the time that it takes does not count.</param>
    /// <param name="stop">Ends it.</param>
    public Task<Answer> GetAsync(string path, EntityTagHeaderValue? known, Action<byte[], EntityTagHeaderValue?>? read, CancellationToken stop)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (known is not null) request.Headers.IfNoneMatch.Add(known);
        return AskAsync($"GET /{path}", request, clock.GetUtcNow(), read, stop);
    }

    /// <summary>Gets a path and throws the answer away, a buffer at a time, so that it costs this process little.</summary>
    /// <param name="path">Without a leading slash.</param>
    /// <param name="accepted">The coding that is accepted; null for none.</param>
    /// <param name="known">The ETag that is known, or null.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The answer's ETag.</returns>
    /// <exception cref="HttpRequestException">It is not what was asked for.</exception>
    public async Task<EntityTagHeaderValue?> DrainAsync(string path, string? accepted, EntityTagHeaderValue? known, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (known is not null) request.Headers.IfNoneMatch.Add(known);
        if (accepted is not null) request.Headers.AcceptEncoding.Add(new(accepted));
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        if (known is null) answer.EnsureSuccessStatusCode();
        else if (answer.StatusCode != System.Net.HttpStatusCode.NotModified) throw new HttpRequestException($"/{path} was to be unmodified, and answered {(int)answer.StatusCode}.");
        await answer.Content.CopyToAsync(Stream.Null, stop);
        return answer.Headers.ETag;
    }

    /// <summary>Gets a path as JSON.</summary>
    public async Task<JsonElement> JsonAsync(string path, CancellationToken stop)
    {
        using var document = JsonDocument.Parse(await http.GetByteArrayAsync(path, stop));
        return document.RootElement.Clone();
    }

    public void Dispose() => http.Dispose();

    private async Task<Answer> AskAsync(string endpoint, HttpRequestMessage request, DateTimeOffset due, Action<byte[], EntityTagHeaderValue?>? read, CancellationToken stop)
    {
        using (request)
        {
            try
            {
                using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
                var body = await answer.Content.ReadAsByteArrayAsync(stop);
                var took = clock.GetUtcNow() - due;
                var name = answer.StatusCode == System.Net.HttpStatusCode.NotModified ? $"{endpoint}, not modified" : endpoint;
                read?.Invoke(body, answer.Headers.ETag);
                return new(name, (int)answer.StatusCode, due, took);
            }
            catch (HttpRequestException)
            {
                return new(endpoint, 0, due, clock.GetUtcNow() - due); // counted and shown as a failure
            }
        }
    }
}
