using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Access.Records;
using TftPortal.Engine.Fleet;
using TftPortal.Notifications.Delivery;
using TftPortal.Tests.Access;

namespace TftPortal.Tests.Notifications;

/// <summary>How messages get to their receivers: in order, and whatever goes wrong on the way.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task A_receiver_that_is_down_for_ten_minutes_gets_everything_once_and_in_order()
    {
        await using var receiver = await AReceiver.StartAsync();
        await using var portal = await ATellingPortal.StartAsync();
        await portal.RouteAsync(await portal.WebhookAsync("ops", receiver));
        var (first, second, third) = (new ATrouble("web-01"), new ATrouble("db-01"), new ATrouble("etl-01", "etl-02", "etl-03"));

        receiver.Refuse(503);
        await portal.ShowAsync(1, first);
        await portal.PassAsync(TimeSpan.FromMinutes(2));
        await portal.ShowAsync(2, first, second);
        await portal.PassAsync(TimeSpan.FromMinutes(2));
        await portal.ShowAsync(3, first with { Severity = AlertSeverity.Critical }, second);
        await portal.PassAsync(TimeSpan.FromMinutes(3));
        await portal.ShowAsync(4, first with { Severity = AlertSeverity.Critical, TakenBy = "anna@example.com" }, second);
        await portal.ShowAsync(5, first with { Severity = AlertSeverity.Critical, TakenBy = "anna@example.com" });
        await portal.ShowAsync(6, first with { Severity = AlertSeverity.Critical, TakenBy = "anna@example.com" }, third);
        await portal.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Empty(receiver.Taken);
        Assert.InRange(receiver.Asked, 3, 40); // tried, and less and less often
        receiver.Accept();
        await portal.UntilAsync(() => receiver.Taken.Count == 6);
        await portal.PassAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(
            [$"raised {first.Key}", $"raised {second.Key}", $"escalated {first.Key}", $"acknowledged {first.Key}", $"resolved {second.Key}", $"raised {third.Key}"],
            receiver.Taken.Select(request => request.Said));
        Assert.Equal(6, receiver.Taken.Select(request => request.Headers["webhook-id"]).Distinct().Count());
        await KeyedPortal.EventuallyAsync(async () => (await portal.QueueAsync()).TrueForAll(row => row.State == DeliveryRow.Sent));
    }

    [Fact]
    public async Task A_receiver_that_never_answers_holds_up_no_other()
    {
        await using var slow = await AReceiver.StartAsync();
        await using var quick = await AReceiver.StartAsync();
        var never = new TaskCompletionSource();
        slow.Answer = _ => never.Task;
        await using var portal = await ATellingPortal.StartAsync(null, "--Notifications:TimeoutSeconds=60");
        await portal.RouteAsync(await portal.WebhookAsync("slow", slow));
        await portal.RouteAsync(await portal.WebhookAsync("quick", quick));
        portal.Show(new ATrouble("web-01"));
        await portal.UntilAsync(() => slow.Asked == 1 && quick.Taken.Count == 1);
        portal.Show();
        await portal.UntilAsync(() => quick.Taken.Count == 2);
        Assert.Equal((1, 0), (slow.Asked, slow.Taken.Count));
        never.SetResult();
        await portal.UntilAsync(() => slow.Taken.Count == 2);
    }

    [Fact]
    public async Task What_can_not_be_delivered_is_set_aside_in_time_and_what_is_wrong_at_once_and_both_can_be_tried_again()
    {
        await using var receiver = await AReceiver.StartAsync();
        await using var portal = await ATellingPortal.StartAsync(null, "--Notifications:GiveUpMinutes=1");
        await portal.RouteAsync(await portal.WebhookAsync("ops", receiver));
        receiver.Refuse(500, said: "no room");
        var (gone, wrong) = (new ATrouble("web-01"), new ATrouble("web-02"));
        portal.Show(gone);
        await portal.UntilAsync(() => Dead(portal) == 1);
        receiver.Refuse(422);
        portal.Show(gone, wrong);
        await portal.UntilAsync(() => Dead(portal) == 2);
        var dead = await portal.QueueAsync();
        Assert.Equal(("It answered 500 and said: no room.", "It answered 422."), (dead[0].Fault, dead[1].Fault));
        Assert.True(dead[0].Attempts > 3 && dead[1].Attempts == 1, $"{dead[0].Attempts} and {dead[1].Attempts} attempts");

        receiver.Accept();
        await portal.AskAsync(HttpMethod.Post, $"/deliveries/{dead[0].Number}/retry");
        await portal.AskAsync(HttpMethod.Delete, $"/deliveries/{dead[1].Number}");
        await portal.UntilAsync(() => receiver.Taken.Count == 1);
        Assert.Equal($"raised {gone.Key}", receiver.Taken.Single().Said);
        Assert.Equal(0, Dead(portal));
    }

    [Fact]
    public async Task A_channel_that_refuses_everything_is_told_of_to_the_others_once_and_so_is_that_it_takes_messages_again()
    {
        await using var refusing = await AReceiver.StartAsync();
        await using var chat = await AReceiver.StartAsync();
        await using var portal = await ATellingPortal.StartAsync();
        var id = await portal.WebhookAsync("ops", refusing);
        await portal.RouteAsync(id);
        await portal.RouteAsync(await portal.WebhookAsync("chat", chat), kinds: "\"portal\"");
        refusing.Refuse(422);
        List<ATrouble> troubles = [];
        for (var count = 1; count <= 5; count++)
        {
            troubles.Add(new($"web-{count}"));
            portal.Show([.. troubles]);
            await portal.UntilAsync(() => Dead(portal) == troubles.Count);
            if (count == 2) Assert.Empty(Told()); // may be the messages'
        }

        await portal.UntilAsync(() => Told().Count == 1);
        Assert.Contains("The channel ops takes nothing: 0 messages wait, 3 are given up. It answered 422.", Told().Single().Json.GetProperty("message").GetString());
        await portal.PassAsync(TimeSpan.FromMinutes(20), step: 10);
        refusing.Accept();
        portal.Show([.. troubles[1..]]);
        await portal.UntilAsync(() => Told().Count == 2);
        Assert.Equal([$"raised portal:channel:{id}", $"resolved portal:channel:{id}"], Told().Select(request => request.Said));

        List<Received> Told() => [.. chat.Taken.Where(request => request.Said.Contains("portal:channel:", StringComparison.Ordinal))]; // no new forecasts for 20 minutes are told too
    }

    [Fact]
    public async Task A_receiver_that_asks_for_patience_gets_it()
    {
        await using var receiver = await AReceiver.StartAsync();
        await using var portal = await ATellingPortal.StartAsync();
        await portal.RouteAsync(await portal.WebhookAsync("ops", receiver));
        receiver.Refuse(429, retryAfter: "600");
        portal.Show(new ATrouble("web-01"));
        await portal.UntilAsync(() => receiver.Asked == 1);
        await portal.PassAsync(TimeSpan.FromMinutes(9), step: 10);
        Assert.Equal(1, receiver.Asked);
        receiver.Accept();
        await portal.UntilAsync(() => receiver.Taken.Count == 1);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_an_endless_answer_is_not_read()
    {
        await using var receiver = await AReceiver.StartAsync();
        await using var elsewhere = await AReceiver.StartAsync();
        await using var portal = await ATellingPortal.StartAsync();
        var id = await portal.WebhookAsync("ops", receiver);
        receiver.Answer = http =>
        {
            http.Response.Redirect(elsewhere.Address);
            return Task.CompletedTask;
        };
        var redirected = await portal.AskAsync(HttpMethod.Post, $"/{id}/test");
        Assert.Contains("302, a redirect, which is not followed", redirected.GetProperty("fault").GetString());
        Assert.Equal(0, elsewhere.Asked);

        receiver.Answer = async http =>
        {
            http.Response.StatusCode = 500;
            var flood = new byte[64 * 1024];
            Array.Fill(flood, (byte)'x');
            while (!http.RequestAborted.IsCancellationRequested) await http.Response.Body.WriteAsync(flood, http.RequestAborted);
        };
        var flooded = (await portal.AskAsync(HttpMethod.Post, $"/{id}/test")).GetProperty("fault").GetString()!;
        Assert.InRange(flooded.Length, 50, 300);
        Assert.StartsWith("It answered 500 and said: xxx", flooded);
    }

    [Fact]
    public async Task Forty_servers_behind_one_dead_switch_are_one_notification_a_channel()
    {
        await using var receiver = await AReceiver.StartAsync();
        await using var portal = await ATellingPortal.StartAsync();
        var (ops, chat) = (await portal.WebhookAsync("ops", receiver, "ops"), await portal.WebhookAsync("chat", receiver, "chat"));
        await portal.RouteAsync(ops);
        await portal.RouteAsync(ops, ""","min_severity":"critical","repeat_minutes":60"""); // two ways to one channel
        await portal.RouteAsync(chat);
        var outage = new ATrouble([.. Enumerable.Range(1, 40).Select(index => $"web-{index:00}")]) { Severity = AlertSeverity.Critical };
        for (var cycle = 0; cycle < 20; cycle++)
        {
            portal.Show(outage);
            await portal.PassAsync(TimeSpan.FromSeconds(30), step: 10);
        }

        await portal.UntilAsync(() => receiver.Taken.Count == 2);
        Assert.Equal(["/chat", "/ops"], receiver.Taken.Select(request => request.Path).Order());
        Assert.All(receiver.Taken, request => Assert.Equal((40, 20, 40), (request.Json.GetProperty("servers").GetArrayLength(), request.Json.GetProperty("alerts").GetArrayLength(), request.Json.GetProperty("alerts_total").GetInt32())));
    }

    [Theory]
    [InlineData(1, 4, 6)]
    [InlineData(3, 16, 24)]
    [InlineData(50, 240, 360)]
    public void The_time_between_attempts_doubles_to_a_bound_and_is_never_the_same_for_all(int attempts, double least, double most)
    {
        var waits = Enumerable.Range(0, 200).Select(_ => BackOff.After(new(), Guid.CreateVersion7(), attempts, null).TotalSeconds).ToList();
        Assert.All(waits, wait => Assert.InRange(wait, least, most));
        Assert.True(waits.Max() - waits.Min() > (most - least) / 2, "no jitter");
        Assert.Equal(TimeSpan.FromHours(1), BackOff.After(new(), Guid.NewGuid(), attempts, TimeSpan.FromDays(3)));
    }

    private static int Dead(ATellingPortal portal) => portal.Services.GetRequiredService<QueueFigures>().Latest.Dead;
}
