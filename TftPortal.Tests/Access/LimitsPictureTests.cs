using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Tests.Api;

namespace TftPortal.Tests.Access;

public sealed class LimitsPictureTests
{
    [Fact]
    public void What_happened_within_an_hour_is_counted_and_then_forgotten()
    {
        var clock = new FakeTimeProvider(new(2026, 11, 24, 12, 0, 30, TimeSpan.Zero));
        var book = new HourBook(clock);
        for (var minute = 0; minute < 90; minute++)
        {
            book.Add("a", "/x");
            book.Add("a", "/x");
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(2 * 59, Assert.Single(book.Read()).InHour); // the minute that has just begun has seen none
        clock.Advance(TimeSpan.FromMinutes(58));
        Assert.Equal(2, Assert.Single(book.Read()).InHour);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(book.Read());
    }

    [Fact]
    public void A_flood_of_clients_fills_no_memory_and_drives_out_those_longest_silent_first()
    {
        var clock = new FakeTimeProvider();
        var book = new HourBook(clock);
        for (var client = 0; client < 1_000_000; client++)
        {
            if (client % 1000 == 0) clock.Advance(TimeSpan.FromSeconds(1));
            if (client % 100 == 0) book.Add("steady", "/x");
            book.Add($"{client}", "/x");
        }

        Assert.InRange(book.Count, HourBook.MaxClients / 2, HourBook.MaxClients);
        var read = book.Read();
        Assert.Equal(10_000, read.Single(count => count.Client == "steady").InHour);
        Assert.Contains(read, count => count.Client == "999999");
    }

    [Fact]
    public async Task An_admin_sees_by_REST_who_is_refused_by_name_and_who_sends_wrong_keys()
    {
        await using var portal = await KeyedPortal.StartAsync(settings: "--RateLimits:ReadPerMinute=2");
        var (text, id) = await portal.MakeAsync("dashboards", ApiScopes.Read);
        for (var i = 0; i < 5; i++) using (await portal.ReadAsync(text)) { }
        for (var i = 0; i < 3; i++) using (await portal.ReadAsync("wrong")) { }

        using var answer = await portal.SendAsync(HttpMethod.Get, "/api/limits", portal.Admin);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var limits = await RunningPortal.JsonOf(answer);
        var first = limits.GetProperty("clients")[0];
        Assert.Equal(("dashboards", id, "key", "/alerts/active"), (Text(first, "name"), Text(first, "client"), Text(first, "kind"), Text(first, "route")));
        Assert.True(first.GetProperty("limited").GetBoolean());
        Assert.Equal((2, 2, 3), (first.GetProperty("hits").GetInt32(), first.GetProperty("limit").GetInt32(), first.GetProperty("refused_last_hour").GetInt32()));
        Assert.InRange(first.GetProperty("ends_in_seconds").GetDouble(), 0, 60);
        var wrong = Assert.Single(limits.GetProperty("wrong_keys").EnumerateArray());
        Assert.Equal(("127.0.0.1", 3), (Text(wrong, "address"), wrong.GetProperty("last_hour").GetInt32()));
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
