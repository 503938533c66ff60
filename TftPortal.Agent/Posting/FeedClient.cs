using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using TftPortal.Agent.Readings;

namespace TftPortal.Agent.Posting;

/// <summary>Posts batches to the portal's <c>/feed/data</c> and tells what became of them.</summary>
internal sealed class FeedClient : IDisposable
{
    /// <summary>How long one post may take: the portal answers once the batch is safe on its disk.</summary>
    private static readonly TimeSpan PostTimeout = TimeSpan.FromSeconds(30);

    private const int LargestAnswer = 1024 * 1024;

    private readonly AgentSettings settings;
    private readonly TimeProvider clock;
    private readonly HttpClient http;

    public FeedClient(AgentSettings settings, TimeProvider clock)
    {
        this.settings = settings;
        this.clock = clock;
        http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // a redirect would carry the key elsewhere, and turn the POST into a GET
            PooledConnectionLifetime = TimeSpan.FromMinutes(10), // the portal's address may change
        })
        {
            Timeout = PostTimeout,
            MaxResponseContentBufferSize = LargestAnswer,
        };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("tft-agent", AgentProgram.Version));
        if (settings.Key is { } key) http.DefaultRequestHeaders.TryAddWithoutValidation("X-API-Key", key);
    }

    /// <summary>Posts a batch. A post that fails in any way is an answer, not an exception.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> ended it.</exception>
    public async Task<FeedAnswer> PostAsync(IReadOnlyList<HostReading> readings, CancellationToken stop)
    {
        try
        {
            using var body = new ReadOnlyMemoryContent(FeedJson.Write(settings.Name, settings.Profile, readings));
            body.Headers.ContentType = new("application/json");
            using var response = await http.PostAsync(settings.FeedAddress, body, stop);
            var report = FeedJson.Read(await response.Content.ReadAsByteArrayAsync(stop));
            return Answer(response, report);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Unavailable($"the portal did not answer within {PostTimeout.TotalSeconds} s");
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or SocketException)
        {
            return Unavailable(failed.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static FeedAnswer Unavailable(string message) => new(FeedOutcome.Unavailable, message, null, FeedReport.Empty);

    private FeedAnswer Answer(HttpResponseMessage response, FeedReport report)
    {
        var status = response.StatusCode;
        var outcome = status switch
        {
            >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => FeedOutcome.Settled,
            HttpStatusCode.UnprocessableEntity => FeedOutcome.Settled, // refused for what it is: the same again would be refused again
            HttpStatusCode.RequestEntityTooLarge => FeedOutcome.TooLarge,
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => FeedOutcome.Unavailable,
            _ => FeedOutcome.Denied,
        };
        var message = response.IsSuccessStatusCode ? "" : $"{(int)status} {response.ReasonPhrase}{(report.Detail.Length > 0 ? ": " + report.Detail : "")}";
        return new(outcome, message, RetryAfter(response.Headers.RetryAfter), report);
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        if (header is null) return null;
        var wait = header.Delta ?? (header.Date - clock.GetUtcNow()) ?? TimeSpan.Zero;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
