using System.Text;
using System.Text.Json;
using CsCheck;

namespace TftPortal.Tests.Api;

/// <summary>The feed's own handler with whatever anybody may send; in-process, since a socket a body would take minutes.</summary>
public sealed class FeedFuzzTests
{
    [Fact]
    public async Task A_hundred_thousand_bodies_get_an_answer_in_json_and_none_is_a_fault_of_ours()
    {
        await using var feed = new AFeed();
        var taken = 0;
        AnyBody.Sent.Sample(body =>
        {
            var (status, answer) = feed.PostAsync(body).GetAwaiter().GetResult();
            if (status is not (200 or 422)) throw new InvalidOperationException($"{status} for {Encoding.UTF8.GetString(body)}");
            using var json = JsonDocument.Parse(answer);
            if (status == 422) return json.RootElement.GetProperty("detail").GetArrayLength() > 0;
            if (json.RootElement.GetProperty("status").GetString() == "ignored") return true;
            Interlocked.Increment(ref taken);
            return json.RootElement.GetProperty("records_accepted").GetInt32() > 0;
        }, iter: 100_000);
        Assert.InRange(taken, 10_000, 90_000); // or the bodies would all be of one kind
        Assert.InRange(feed.Window.Counts.ServersTracked, 1, 10_000);
    }
}
