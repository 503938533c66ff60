using System.Net;
using System.Text;
using TftPortal.Notifications.Delivery;

namespace TftPortal.Notifications.Senders;

/// <summary>
/// Posts to addresses that admins wrote. It follows no redirect, keeps no cookie, sends no trace header, and reads at most 4 KiB of an answer. Not from IHttpClientFactory, whose log
/// writes whole paths: of Slack's and Teams' addresses the path is the secret.
/// </summary>
internal sealed class PostClient : IDisposable
{
    private const int MaxAnswer = 4096;

    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // a name that moves is followed
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        MaxResponseHeadersLength = 16, // KiB
        MaxResponseDrainSize = 64 * 1024,
        MaxConnectionsPerServer = 4,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // Dispatch has one for the whole attempt
    };

    /// <summary>Posts, and judges the answer.</summary>
    /// <param name="url">Where to.</param>
    /// <param name="body">What.</param>
    /// <param name="dress">Adds headers.</param>
    /// <param name="refuses">Whether an answer of this status, 4xx but for 408 and 429, says that the message itself is wrong.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Outcome> PostAsync(string url, byte[] body, Action<HttpRequestMessage> dress, Func<HttpStatusCode, bool> refuses, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.UserAgent.ParseAdd("TftPortal");
        dress(request);
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            if (answer.IsSuccessStatusCode) return Outcome.Delivered;
            var status = (int)answer.StatusCode;
            if (status is >= 300 and < 400) return Outcome.TryAgain($"It answered {status}, a redirect, which is not followed. Enter the address that it leads to.");
            var fault = $"It answered {status}{await SaidAsync(answer, stop)}.";
            var isRefusal = status is >= 400 and < 500 and not 408 and not 429 && refuses(answer.StatusCode);
            return isRefusal ? Outcome.Refused(fault) : Outcome.TryAgain(fault, RetryAfter(answer));
        }
        catch (HttpRequestException fault)
        {
            return Outcome.TryAgain($"It can't be reached ({fault.HttpRequestError}: {fault.InnerException?.Message ?? fault.Message}).");
        }
        catch (IOException fault)
        {
            return Outcome.TryAgain($"The connection broke ({fault.Message}).");
        }
    }

    public void Dispose() => client.Dispose();

    private static TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } when delta >= TimeSpan.Zero => delta,
        { Date: { } date } => date - TimeProvider.System.GetUtcNow(),
        _ => null,
    };

    // What it said, uncut, since a secret cut in two would not be found in it; in one line: it tells an admin more than the status.
    private static async Task<string> SaidAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        var buffer = new byte[MaxAnswer];
        var length = 0;
        await using var body = await answer.Content.ReadAsStreamAsync(stop);
        for (int read; length < MaxAnswer && (read = await body.ReadAsync(buffer.AsMemory(length), stop)) > 0;) length += read;
        var text = new string([.. Encoding.UTF8.GetString(buffer, 0, length).Select(letter => char.IsControl(letter) ? ' ' : letter)]).Trim();
        return text.Length == 0 ? "" : $" and said: {text}";
    }
}
