using System.Globalization;
using TftPortal.Agent;
using TftPortal.Agent.Posting;
using TftPortal.Agent.Readings;

namespace TftPortal.Tests.Agent;

public sealed class DeliveryTests : IDisposable
{
    private const string Key = "a-secret-that-no-log-shows";
    private static readonly DateTimeOffset Start = DateTimeOffset.Parse("2026-11-24T04:00:00Z", CultureInfo.InvariantCulture);

    private readonly HastyClock clock = new(Start);
    private readonly LogLines lines = new();
    private readonly ReadingBuffer buffer = new(capacity: 1000);

    [Fact]
    public async Task A_reading_arrives_as_the_feed_wants_it_without_what_is_missing()
    {
        await using var portal = await APortal.StartAsync();
        var reading = new HostReading(Start);
        reading.Set(HostMetric.CpuUser, 12.345678);
        reading.Set(HostMetric.FrontCloseWait, 3);
        buffer.Add(reading);
        Assert.True(await DeliveryTo(portal.Url).FlushAsync(TestContext.Current.CancellationToken));

        var post = await portal.NextPostAsync();
        Assert.Equal(Key, post.Key);
        Assert.Equal("application/json", post.ContentType);
        Assert.Equal("""[{"timestamp":"2026-11-24T04:00:00.000Z","server_name":"web-01","profile":"web_api","cpu_user_pct":12.34568,"front_close_wait":3}]""", post.Records.GetRawText());
    }

    [Fact]
    public async Task What_was_read_while_the_portal_was_away_arrives_once_and_in_order_when_it_is_back()
    {
        var address = await APortal.AddressOfNobodyAsync();
        var delivery = DeliveryTo(address);
        Fill(700);
        Assert.False(await delivery.FlushAsync(TestContext.Current.CancellationToken));
        Assert.False(await delivery.FlushAsync(TestContext.Current.CancellationToken));
        Assert.Equal(700, buffer.Count);

        await using var portal = await APortal.StartAsync(address.Port);
        Assert.True(await delivery.FlushAsync(TestContext.Current.CancellationToken));
        var posts = portal.OtherPosts();
        Assert.Equal([500, 200], posts.Select(post => post.Timestamps.Count));
        Assert.Equal(Enumerable.Range(0, 700).Select(TimestampOf), posts.SelectMany(post => post.Timestamps));
        Assert.Equal(0, buffer.Count);
        Assert.Single(Lines("cannot be reached"));
        Assert.Single(Lines("The portal is back"));
    }

    [Fact]
    public async Task A_portal_that_fails_is_asked_again_after_longer_and_longer_waits_up_to_a_minute()
    {
        await using var portal = await APortal.StartAsync(Enumerable.Repeat(new APortal.Answer(500), 9));
        Fill(1);
        await DeliverUntilEmptyAsync(portal.Url);

        Assert.Equal(9, clock.Waits.Count);
        foreach (var (wait, number) in clock.Waits.Select((wait, number) => (wait, number)))
        {
            var full = Math.Min(60, Math.Pow(2, number));
            Assert.InRange(wait.TotalSeconds, full / 2, full);
        }

        Assert.Equal(10, portal.OtherPosts().Count);
    }

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(503, "90", 90)]
    [InlineData(429, "Tue, 24 Nov 2026 04:00:40 GMT", 40)]
    [InlineData(503, "86400000", 3600)] // no portal silences an agent for a thousand days
    public async Task A_portal_that_says_when_to_come_back_is_not_asked_earlier(int status, string retryAfter, double seconds)
    {
        await using var portal = await APortal.StartAsync(new APortal.Answer(status, RetryAfter: retryAfter));
        Fill(2);
        await DeliverUntilEmptyAsync(portal.Url);

        Assert.InRange(Assert.Single(clock.Waits).TotalSeconds, seconds, seconds + 1);
        Assert.Equal(Enumerable.Range(0, 2).Select(TimestampOf), portal.OtherPosts()[^1].Timestamps);
    }

    [Fact]
    public async Task A_refused_reading_is_named_with_its_reason_and_not_sent_again()
    {
        const string partly = """{"status":"success","records_accepted":1,"records_rejected":1,"errors":[{"index":1,"server_name":"web-01","field":"timestamp","value":"2026-11-24T04:00:15.000Z","reason":"is more than 10 minutes ahead"}]}""";
        await using var portal = await APortal.StartAsync(new APortal.Answer(200, partly), new APortal.Answer(200, partly));
        var delivery = DeliveryTo(portal.Url);
        Fill(2);
        Assert.True(await delivery.FlushAsync(TestContext.Current.CancellationToken));
        Fill(2);
        Assert.True(await delivery.FlushAsync(TestContext.Current.CancellationToken));

        Assert.Equal(2, portal.OtherPosts().Count);
        Assert.Single(Lines("timestamp 2026-11-24T04:00:15.000Z: is more than 10 minutes ahead"));
        Assert.Single(Lines("1 of 2 readings were refused"));
        Assert.True(delivery.HasRefusals);
    }

    [Fact]
    public async Task A_batch_refused_as_a_whole_leaves_the_buffer()
    {
        await using var portal = await APortal.StartAsync(new APortal.Answer(422, """{"detail":[{"loc":["body"],"msg":"no valid record","type":"value_error"}]}"""));
        Fill(3);
        Assert.True(await DeliveryTo(portal.Url).FlushAsync(TestContext.Current.CancellationToken));
        Assert.Single(portal.OtherPosts());
        Assert.Single(Lines("no valid record"));
    }

    [Fact]
    public async Task A_wrong_key_is_said_clearly_without_showing_it_and_the_readings_wait()
    {
        const string forbidden = """{"detail":"Invalid or missing API key. Set TFT_API_KEY environment variable."}""";
        await using var portal = await APortal.StartAsync(new APortal.Answer(403, forbidden), new APortal.Answer(403, forbidden));
        Fill(2);
        await DeliverUntilEmptyAsync(portal.Url);

        Assert.Single(Lines("error: The portal does not take this agent's readings: 403 Forbidden: Invalid or missing API key."));
        Assert.DoesNotContain(Key, lines.ToString(), StringComparison.Ordinal);
        Assert.All(clock.Waits, wait => Assert.InRange(wait.TotalSeconds, 60, 120));
        Assert.Equal(2, portal.OtherPosts()[^1].Timestamps.Count);
    }

    [Fact]
    public async Task A_batch_too_large_for_the_portal_is_sent_in_halves()
    {
        await using var portal = await APortal.StartAsync(new APortal.Answer(413), new APortal.Answer(413));
        Fill(8);
        Assert.True(await DeliveryTo(portal.Url).FlushAsync(TestContext.Current.CancellationToken));
        Assert.Equal([8, 4, 2, 2, 2, 2], portal.OtherPosts().Select(post => post.Timestamps.Count));
    }

    [Fact]
    public async Task A_full_buffer_lets_the_oldest_go_and_says_how_many()
    {
        var small = new ReadingBuffer(capacity: 3);
        var address = await APortal.AddressOfNobodyAsync();
        var delivery = DeliveryTo(address, small);
        small.Add(ReadingAt(0));
        Assert.False(await delivery.FlushAsync(TestContext.Current.CancellationToken));
        foreach (var number in Enumerable.Range(1, 4)) Assert.Equal(number >= 3, small.Add(ReadingAt(number)));

        await using var portal = await APortal.StartAsync(address.Port);
        Assert.True(await delivery.FlushAsync(TestContext.Current.CancellationToken));
        Assert.Equal([TimestampOf(2), TimestampOf(3), TimestampOf(4)], (await portal.NextPostAsync()).Timestamps);
        Assert.Single(Lines("2 were dropped because the buffer was full"));
    }

    [Fact]
    public void A_reading_dropped_while_it_was_posted_takes_no_other_with_it()
    {
        var small = new ReadingBuffer(capacity: 2);
        small.Add(ReadingAt(0));
        small.Add(ReadingAt(1));
        var posted = small.Peek(2);
        small.Add(ReadingAt(2)); // reading 0 goes
        small.Remove(posted);
        Assert.Equal(ReadingAt(2).Time, Assert.Single(small.Peek(10).Readings).Time);
    }

    [Fact]
    public async Task An_answer_that_is_no_json_is_taken_by_its_status()
    {
        await using var portal = await APortal.StartAsync(new APortal.Answer(502, "<html>Bad\r\nGateway</html>"), new APortal.Answer(200, "[]"));
        Fill(1);
        await DeliverUntilEmptyAsync(portal.Url);
        Assert.Equal(2, portal.OtherPosts().Count);
    }

    public void Dispose() => lines.Dispose();

    private static string TimestampOf(int number) => ReadingAt(number).Time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static HostReading ReadingAt(int number)
    {
        var reading = new HostReading(Start + TimeSpan.FromSeconds(15 * number));
        reading.Set(HostMetric.LoadAverage, number);
        return reading;
    }

    private void Fill(int readings)
    {
        foreach (var number in Enumerable.Range(0, readings)) buffer.Add(ReadingAt(number));
    }

    private Delivery DeliveryTo(Uri url, ReadingBuffer? other = null)
    {
        var settings = new AgentSettings { Url = url, Key = Key, Interval = TimeSpan.FromSeconds(15), Name = "web-01", Profile = "web_api" };
        return new(other ?? buffer, new FeedClient(settings, clock), new BackOff(seed: 1), new AgentLog(lines, clock), clock);
    }

    /// <summary>Runs the delivery as the agent does, back-off and all, until the portal has everything.</summary>
    private async Task DeliverUntilEmptyAsync(Uri url)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = DeliveryTo(url).RunAsync(stop.Token, stop.Token);
        await lines.NextWithAsync("The portal is back").WaitAsync(TimeSpan.FromSeconds(60), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(0, buffer.Count);
    }

    private List<string> Lines(string words) => [.. lines.ToString().Split('\n').Where(line => line.Contains(words, StringComparison.Ordinal))];
}
