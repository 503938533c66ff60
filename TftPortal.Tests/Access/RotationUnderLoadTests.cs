using System.Net;
using TftPortal.Access.ApiKeys;

namespace TftPortal.Tests.Access;

public sealed class RotationUnderLoadTests
{
    [Fact]
    public async Task An_agent_that_posts_ten_times_a_second_notices_nothing_of_a_rotation_until_its_old_secret_is_ended()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var portal = await KeyedPortal.StartAsync(clock: null, withEngine: true);
        var (old, id) = await portal.MakeAsync("agent", ApiScopes.Feed, feedPerMinute: 10_000);
        var fresh = "";
        List<HttpStatusCode> answers = [];
        using var tenth = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        for (var post = 0; post < 30; post++)
        {
            // The admin acts while a post is on its way.
            var posting = portal.FeedAsync(old, "web-01");
            if (post == 10) fresh = (await portal.AdministerAsync(HttpMethod.Post, $"/{id}/rotate")).GetProperty("key").GetString()!;
            answers.Add((await posting).StatusCode);
            if (fresh.Length > 0) answers.Add((await portal.FeedAsync(fresh, "web-02")).StatusCode);
            await tenth.WaitForNextTickAsync(stop);
        }

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(50, answers.Count);
        await portal.AdministerAsync(HttpMethod.Post, $"/{id}/end-grace");
        Assert.Equal(HttpStatusCode.Forbidden, (await portal.FeedAsync(old, "web-01")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await portal.FeedAsync(fresh, "web-02")).StatusCode);
    }
}
