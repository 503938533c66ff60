using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TftPortal.Tests.Notifications;

/// <summary>One request that a receiver got.</summary>
internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement.Clone();

    /// <summary>"raised incident:a": what happened to what.</summary>
    public string Said => $"{Json.GetProperty("event").GetString()} {Json.GetProperty("key").GetString()}";
}

/// <summary>Somebody who receives webhooks on a free port, and answers as the test says.</summary>
internal sealed class AReceiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private AReceiver(WebApplication app) => this.app = app;

    /// <summary>Every request that was taken, in order.</summary>
    public ConcurrentQueue<Received> Taken { get; } = new();

    /// <summary>How often somebody asked, whatever the answer.</summary>
    public int Asked { get; private set; }

    /// <summary>How it answers; 200 as a rule.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>With its closing slash.</summary>
    public string Address => app.Urls.First() + "/";

    public static async Task<AReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var made = builder.Build();
        var receiver = new AReceiver(made);
        made.Run(receiver.TakeAsync);
        await made.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Answers nothing but this status from now on.</summary>
    public void Refuse(int status, string? retryAfter = null, string said = "") => Answer = async http =>
    {
        http.Response.StatusCode = status;
        if (retryAfter is not null) http.Response.Headers.RetryAfter = retryAfter;
        await http.Response.WriteAsync(said);
    };

    /// <summary>Takes everything from now on.</summary>
    public void Accept() => Answer = _ => Task.CompletedTask;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        Asked++;
        http.Request.EnableBuffering();
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8, leaveOpen: true);
        var request = new Received(http.Request.Path, http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync());
        await Answer(http);
        if (http.Response.StatusCode < 300) Taken.Enqueue(request);
    }
}
