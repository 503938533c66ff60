using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Access.SignIn;

namespace TftPortal.Tests.Access.SignIn;

public sealed class SessionsTests
{
    [Fact]
    public async Task A_session_ends_after_idling_and_after_its_longest_time()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var portal = await PeopledPortal.StartAsync(clock, "--SignIn:IdleHours=2", "--SignIn:MaxHours=5");
        using var person = await portal.SignedInAsync();
        foreach (var hours in (double[])[1.5, 1.5, 1.5])
        {
            Assert.True(await IsInAsync(person));
            clock.Advance(TimeSpan.FromHours(hours));
        }

        Assert.True(await IsInAsync(person)); // 4.5 h, used all the while
        clock.Advance(TimeSpan.FromHours(1));
        Assert.False(await IsInAsync(person)); // 5.5 h
        using var idler = await portal.SignedInAsync();
        clock.Advance(TimeSpan.FromHours(2.1));
        Assert.False(await IsInAsync(idler));
    }

    [Fact]
    public async Task Another_password_ends_the_other_sessions_and_keeps_this_one()
    {
        await using var portal = await PeopledPortal.StartAsync();
        using var here = await portal.SignedInAsync();
        using var there = await portal.SignedInAsync();
        const string other = "seven green ladders at dawn";
        using var changed = await here.SubmitAsync("/account", "password", ("Fresh.Now", PeopledPortal.Password), ("Fresh.Password", other), ("Fresh.Again", other));
        Assert.Contains("The password is changed", await changed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(await IsInAsync(here));
        Assert.False(await IsInAsync(there));
    }

    [Fact]
    public async Task Somebody_sees_the_own_sessions_and_ends_one_or_all_others()
    {
        await using var portal = await PeopledPortal.StartAsync();
        var id = (await portal.FindAsync(PeopledPortal.Admin)).Id;
        var sessions = portal.Services.GetRequiredService<Sessions>();
        using var first = await portal.SignedInAsync();
        var number = (await sessions.OfAsync(id, TestContext.Current.CancellationToken)).Single().Number;
        using var second = await portal.SignedInAsync();
        using var third = await portal.SignedInAsync();
        using var page = await second.SubmitAsync("/account", $"end-{number}");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.False(await IsInAsync(first));
        Assert.True(await IsInAsync(third));
        using var others = await second.SubmitAsync("/account", "others");
        Assert.False(await IsInAsync(third));
        Assert.True(await IsInAsync(second));
        using var left = await second.SubmitAsync("/account", "", []);
        using var signOut = await second.SubmitAsync("/sign-out", "");
        Assert.Equal(HttpStatusCode.BadRequest, signOut.StatusCode); // another site can't sign anybody out
    }

    [Fact]
    public async Task A_change_of_role_and_disabling_end_the_sessions_and_the_last_admin_can_do_neither()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var portal = await PeopledPortal.StartAsync();
        var admin = (await portal.FindAsync(PeopledPortal.Admin)).Id;
        Assert.Contains("last admin", (await portal.Users.SetDisabledAsync(admin, true, PeopledPortal.Tester, stop)).Problem, StringComparison.Ordinal);
        Assert.Contains("last admin", (await portal.Users.SetRoleAsync(admin, PortalRoles.Operator, PeopledPortal.Tester, stop)).Problem, StringComparison.Ordinal);

        var id = await portal.MakeAsync("olga@example.com", PortalRoles.Operator);
        using var olga = await portal.SignedInAsync("olga@example.com");
        await portal.Users.SetRoleAsync(id, PortalRoles.Viewer, PeopledPortal.Tester, stop);
        Assert.False(await IsInAsync(olga));
        using var again = await portal.SignedInAsync("olga@example.com");
        await portal.Users.SetDisabledAsync(id, true, PeopledPortal.Tester, stop);
        Assert.False(await IsInAsync(again));
        var told = (await portal.AuditAsync()).Where(entry => entry.Subject == "olga@example.com").Select(entry => entry.Action);
        Assert.Equal(["user.created", "user.password_set", "signin.succeeded", "user.role_changed", "signin.succeeded", "user.disabled"], told);
    }

    [Fact]
    public async Task A_one_time_link_works_once_and_not_for_ever()
    {
        var stop = TestContext.Current.CancellationToken;
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var portal = await PeopledPortal.StartAsync(clock);
        var made = await portal.Users.CreateAsync("vera@example.com", PortalRoles.Viewer, PeopledPortal.Tester, stop);
        using var vera = portal.Browser();
        var choice = new[] { ("Choice.Link", made.Link!), ("Choice.Password", PeopledPortal.Password), ("Choice.Again", PeopledPortal.Password) };
        using var chosen = await vera.SubmitAsync($"/welcome?link={made.Link}", "welcome", choice);
        Assert.Contains("Your password is set.", await chosen.Content.ReadAsStringAsync(stop), StringComparison.Ordinal);
        using var twice = await vera.GetAsync($"/welcome?link={made.Link}");
        Assert.Contains("used up or too old", await twice.Content.ReadAsStringAsync(stop), StringComparison.Ordinal);
        var late = await portal.Users.RenewLinkAsync(made.User!.Id, PeopledPortal.Tester, stop);
        clock.Advance(TimeSpan.FromHours(73));
        Assert.NotNull((await portal.Users.UseLinkAsync(late.Link!, PeopledPortal.Password, "", stop)).Problem);
    }

    private static async Task<bool> IsInAsync(APerson person)
    {
        using var answer = await person.GetAsync("/system");
        return answer.StatusCode == HttpStatusCode.OK;
    }
}
