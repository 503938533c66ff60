using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using TftPortal.Tests.Golden;

namespace TftPortal.Tests.Api;

public sealed class FeedTests
{
    private static string Now => TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("generator-post-healthy.request.http")]
    [InlineData("generator-post-degrading.request.http")]
    [InlineData("generator-post-critical.request.http")]
    public async Task A_post_of_the_old_generator_is_taken_whole(string captured)
    {
        await using var portal = await RunningPortal.StartAsync();
        var answer = await portal.FeedAsync(Restamp(CapturedAnswer.BodyOf(captured), Now));
        var json = await RunningPortal.JsonOf(answer);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        string[] fields = [.. json.EnumerateObject().Select(field => field.Name)];
        Assert.Equal(["status", "tick", "window_size", "servers_tracked", "servers_ready", "warmup_complete", "records_accepted", "records_rejected", "errors"], fields);
        Assert.Equal("accepted", json.GetProperty("status").GetString());
        Assert.Equal(0, json.GetProperty("records_rejected").GetInt32());
        Assert.Equal(json.GetProperty("servers_tracked").GetInt32(), json.GetProperty("records_accepted").GetInt32());
        Assert.InRange(json.GetProperty("records_accepted").GetInt32(), 18, 20);
    }

    [Fact]
    public async Task One_bad_record_is_named_and_the_others_are_taken()
    {
        await using var portal = await RunningPortal.StartAsync();
        var answer = await portal.FeedAsync($$"""
            {"records":[
              {"timestamp":"{{Now}}","server_name":"web-01","cpu_user_pct":10},
              {"timestamp":"{{Now}}","server_name":"web-02","cpu_user_pct":"10"},
              {"timestamp":"2020-01-01T00:00:00Z","server_name":"web-03","cpu_user_pct":10},
              {"timestamp":"{{Now}}","server_name":"web-04","cpu_user_pct":10}]}
            """);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var json = await RunningPortal.JsonOf(answer);
        Assert.Equal((2, 2), (json.GetProperty("records_accepted").GetInt32(), json.GetProperty("records_rejected").GetInt32()));
        var errors = json.GetProperty("errors").EnumerateArray().ToList();
        Assert.Equal([(1, "web-02", "cpu_user_pct"), (2, "web-03", "timestamp")], errors.Select(error =>
            (error.GetProperty("index").GetInt32(), error.GetProperty("server_name").GetString()!, error.GetProperty("field").GetString()!)));
        Assert.Equal("10", errors[0].GetProperty("value").GetString());
        Assert.Equal("2020-01-01T00:00:00+00:00", errors[1].GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_batch_of_which_nothing_is_good_is_refused_with_the_list()
    {
        await using var portal = await RunningPortal.StartAsync();
        var answer = await portal.FeedAsync($$"""{"records":[{"server_name":"web-01","cpu_pct":1},{"timestamp":"{{Now}}","server_name":"<b>","cpu_user_pct":1e400}]}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var json = await RunningPortal.JsonOf(answer);
        Assert.Equal(2, json.GetProperty("records_rejected").GetInt32());
        Assert.Equal(["timestamp", "cpu_pct", "server_name", "cpu_user_pct"], json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()!));
        Assert.Equal(4, json.GetProperty("detail").GetArrayLength());
        Assert.Equal("""["body","records",0,"timestamp"]""", json.GetProperty("detail")[0].GetProperty("loc").GetRawText());
    }

    [Fact]
    public async Task A_body_past_the_limit_is_413_whether_or_not_it_tells_its_length()
    {
        await using var portal = await RunningPortal.StartAsync("--Feed:MaxBodyBytes=2048");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await portal.FeedAsync(new string(' ', 3000))).StatusCode);
        using var chunked = new StreamContent(new MemoryStream(new byte[3000]));
        chunked.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/feed/data") { Content = chunked };
        request.Headers.Add("X-API-Key", RunningPortal.Key);
        request.Headers.TransferEncodingChunked = true;
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await portal.Client.SendAsync(request, Stop)).StatusCode);
    }

    [Fact]
    public async Task Thirty_megabytes_without_a_key_are_refused_before_a_byte_of_them_is_sent()
    {
        await using var portal = await RunningPortal.StartAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(portal.Client.BaseAddress!.Host, portal.Client.BaseAddress.Port, Stop);
        var stream = socket.GetStream();
        await stream.WriteAsync("POST /feed/data HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 31457280\r\n\r\n"u8.ToArray(), Stop);
        var head = new byte[4096];
        var read = await stream.ReadAsync(head, Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Stop); // nothing more was sent: an answer that waited for the body would never come
        Assert.StartsWith("HTTP/1.1 403", Encoding.ASCII.GetString(head, 0, read), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_engine_stops_readings_are_refused_and_the_sender_told_to_come_back()
    {
        await using var portal = await RunningPortal.StartAsync(clock: null, withEngine: false);
        portal.Intake.Close();
        var answer = await portal.FeedAsync($$"""{"records":[{"timestamp":"{{Now}}","server_name":"web-01","cpu_user_pct":10}]}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task What_was_sent_is_shown_back_harmless_and_short()
    {
        await using var portal = await RunningPortal.StartAsync();
        var answer = await portal.FeedAsync($$$"""{"records":[{"timestamp":"{{{Now}}}","server_name":"{{{new string('<', 5000)}}}","cpu_user_pct":{"a":[1,2,3]}}]}""");
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.InRange(text.Length, 1, 4000);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    private static string Restamp(string body, string time)
    {
        using var document = JsonDocument.Parse(body);
        return body.Replace(document.RootElement.GetProperty("records")[0].GetProperty("timestamp").GetString()!, time, StringComparison.Ordinal);
    }
}
