using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TftPortal.Tests.Agent;

/// <summary>A portal's feed as an agent sees it, on a real port: it answers as the script says, then takes everything.</summary>
internal sealed class APortal : IAsyncDisposable
{
    private const string Taken = """{"status":"success","records_accepted":1,"records_rejected":0,"errors":[]}""";

    private readonly WebApplication app;
    private readonly Channel<Post> posts = Channel.CreateUnbounded<Post>();
    private readonly ConcurrentQueue<Answer> script;

    private APortal(int port, IEnumerable<Answer> answers)
    {
        script = new(answers);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        app = builder.Build();
        app.MapPost("/feed/data", TakeAsync);
    }

    public Uri Url => new(app.Urls.First());

    public static async Task<APortal> StartAsync(params IEnumerable<Answer> answers) => await StartAsync(0, answers);

    public static async Task<APortal> StartAsync(int port, params IEnumerable<Answer> answers)
    {
        var portal = new APortal(port, answers);
        await portal.app.StartAsync(TestContext.Current.CancellationToken);
        return portal;
    }

    /// <summary>An address where no portal is.</summary>
    public static async Task<Uri> AddressOfNobodyAsync()
    {
        await using var portal = await StartAsync();
        return portal.Url;
    }

    /// <summary>The next post, once it has come.</summary>
    public async Task<Post> NextPostAsync() =>
        await posts.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    /// <summary>The posts that have come and were not looked at.</summary>
    public IReadOnlyList<Post> OtherPosts()
    {
        List<Post> others = [];
        while (posts.Reader.TryRead(out var post)) others.Add(post);
        return others;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var answer = script.TryDequeue(out var scripted) ? scripted : new(200, Taken);
        posts.Writer.TryWrite(new(context.Request.Headers["X-API-Key"].ToString(), context.Request.ContentType, body.RootElement.GetProperty("records").Clone()));
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        if (answer.RetryAfter is not null) context.Response.Headers.RetryAfter = answer.RetryAfter;
        await context.Response.WriteAsync(answer.Body);
    }

    internal sealed record Answer(int Status, string Body = "{}", string? RetryAfter = null);

    internal sealed record Post(string Key, string? ContentType, JsonElement Records)
    {
        public IReadOnlyList<string> Timestamps => [.. Records.EnumerateArray().Select(record => record.GetProperty("timestamp").GetString()!)];
    }
}
