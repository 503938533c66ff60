using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TftPortal.Engine.Fleet;
using TftPortal.Tests.Deploy;

namespace TftPortal.Tests.Notifications;

/// <summary>What a webhook's receiver can rely on.</summary>
public sealed class WebhookTests
{
    private static readonly string[] Signed = ["webhook-id", "webhook-timestamp", "webhook-signature"];

    [Fact]
    public async Task A_webhook_is_signed_over_its_id_its_time_and_its_body_and_only_with_its_own_secret()
    {
        await using var receiver = await AReceiver.StartAsync();
        await using var portal = await ATellingPortal.StartAsync();
        await portal.RouteAsync(await portal.WebhookAsync("ops", receiver));
        portal.Show(new ATrouble("web-01"));
        await portal.UntilAsync(() => receiver.Taken.Count == 1);
        var request = receiver.Taken.Single();

        Assert.True(Verifies(request, ATellingPortal.SigningSecret, portal.Clock.GetUtcNow()));
        Assert.False(Verifies(request, "whsec_" + Convert.ToBase64String(new byte[32]), portal.Clock.GetUtcNow()));
        Assert.False(Verifies(request with { Body = request.Body.Replace("web-01", "web-02") }, ATellingPortal.SigningSecret, portal.Clock.GetUtcNow()));
        Assert.False(Verifies(request with { Headers = With(request, "webhook-id", Guid.NewGuid().ToString()) }, ATellingPortal.SigningSecret, portal.Clock.GetUtcNow()));
        var later = portal.Clock.GetUtcNow().AddMinutes(6);
        Assert.False(Verifies(request, ATellingPortal.SigningSecret, later)); // an old one sent again
        Assert.False(Verifies(request with { Headers = With(request, "webhook-timestamp", later.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)) }, ATellingPortal.SigningSecret, later));
        Assert.Equal((1, request.Headers["webhook-id"]), (request.Json.GetProperty("version").GetInt32(), request.Json.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task The_receiver_that_the_docs_show_takes_what_is_ours_and_nothing_that_was_changed()
    {
        var python = ATool.Find("python3", "python3");
        var docs = await File.ReadAllTextAsync(Path.Combine(ATool.Deploy, "..", "docs", "notifications.md"), TestContext.Current.CancellationToken);
        var snippet = docs.Split("```python\n")[1].Split("```")[0];
        await using var receiver = await AReceiver.StartAsync();
        await using var portal = await ATellingPortal.StartAsync(new(TimeProvider.System.GetUtcNow())); // the snippet has the real time
        await portal.AskAsync(HttpMethod.Post, $"/{await portal.WebhookAsync("ops", receiver)}/test");
        var request = receiver.Taken.Single();
        var headers = string.Join(',', Signed.Select(name => $"'{name}':'{request.Headers[name]}'"));
        var body = Convert.ToBase64String(Encoding.UTF8.GetBytes(request.Body));
        var (code, said) = await ATool.RunAsync(python, "-c", $"{snippet}\nh={{{headers}}}\nb=base64.b64decode('{body}')\ns='{ATellingPortal.SigningSecret}'\nprint(verify(s,h,b), verify(s,h,b+b' '))");
        Assert.Equal((0, "True False"), (code, said.Trim()));
    }

    [Fact]
    public async Task Each_attempt_has_the_same_id_and_a_time_of_its_own()
    {
        await using var receiver = await AReceiver.StartAsync();
        await using var portal = await ATellingPortal.StartAsync();
        await portal.RouteAsync(await portal.WebhookAsync("ops", receiver));
        List<(string Id, string Time)> attempts = [];
        receiver.Answer = http =>
        {
            attempts.Add((http.Request.Headers["webhook-id"].ToString(), http.Request.Headers["webhook-timestamp"].ToString()));
            http.Response.StatusCode = attempts.Count < 3 ? 500 : 204;
            return Task.CompletedTask;
        };
        portal.Show(new ATrouble("web-01") { Severity = AlertSeverity.Critical });
        await portal.UntilAsync(() => receiver.Taken.Count == 1);
        Assert.Single(attempts.Select(attempt => attempt.Id).Distinct());
        Assert.Equal(3, attempts.Select(attempt => attempt.Time).Distinct().Count());
    }

    /// <summary>The receiver's side, as docs/notifications.md tells it.</summary>
    private static bool Verifies(Received request, string secret, DateTimeOffset now)
    {
        var (id, time) = (request.Headers["webhook-id"], request.Headers["webhook-timestamp"]);
        if (Math.Abs(now.ToUnixTimeSeconds() - long.Parse(time, CultureInfo.InvariantCulture)) > 300) return false;
        var expected = HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{id}.{time}.{request.Body}"));
        return request.Headers["webhook-signature"].Split(' ').Any(signature => signature.StartsWith("v1,", StringComparison.Ordinal) && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(signature[3..]), expected));
    }

    private static Dictionary<string, string> With(Received request, string header, string value) =>
        new(request.Headers, StringComparer.OrdinalIgnoreCase) { [header] = value };
}
