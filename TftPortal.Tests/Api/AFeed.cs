using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Api;
using TftPortal.Engine.Intake;
using TftPortal.Engine.Window;

namespace TftPortal.Tests.Api;

/// <summary>The handler, the parser and the window as in the product; this test is the loop between them.</summary>
internal sealed class AFeed : IAsyncDisposable
{
    /// <summary>The time that it is.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 1, 52, 0, TimeSpan.Zero);

    private readonly ReadingIntake intake = new();
    private readonly Feed feed;
    private readonly Task loop;

    public AFeed(int maxServers = 10_000)
    {
        Window = AWindow.Empty(limits => limits with { MaxServers = maxServers });
        var clock = new FakeTimeProvider(Now);
        feed = new(new(new(new()), clock), intake, Options.Create(new FeedOptions()));
        loop = Task.Run(ApplyAsync);
    }

    public FleetWindow Window { get; }

    public async Task<(int Status, byte[] Answer)> PostAsync(byte[] body)
    {
        var answer = new MemoryStream();
        var http = new DefaultHttpContext { Request = { Method = "POST", Body = new MemoryStream(body), ContentLength = body.Length, ContentType = "application/json" }, Response = { Body = answer } };
        await feed.TakeAsync(http);
        return (http.Response.StatusCode, answer.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        intake.Close();
        await loop;
    }

    private async Task ApplyAsync()
    {
        await foreach (var batch in intake.Pending.ReadAllAsync()) batch.Done.SetResult(Window.Apply(batch.Batch, Now));
    }
}
