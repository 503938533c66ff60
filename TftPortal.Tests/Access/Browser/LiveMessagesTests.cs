using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.SignIn;
using TftPortal.Tests.Access.SignIn;

namespace TftPortal.Tests.Access.Browser;

/// <summary>What somebody who is only a viewer can get by speaking to the live connection without a page.</summary>
public sealed class LiveMessagesTests
{
    private const string Secret = "a-key-that-admins-see";
    private const string ClickOfTheMouse = """{"detail":1,"screenX":1,"screenY":1,"clientX":1,"clientY":1,"button":0,"buttons":0,"type":"click"}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Forged_and_replayed_messages_of_a_viewer_show_nothing_of_an_admins_and_change_nothing()
    {
        await using var portal = await PeopledPortal.StartAsync(null, "--Logging:LogLevel:Microsoft.AspNetCore=None");
        var keys = portal.Services.GetRequiredService<KeyStore>();
        await keys.CreateAsync(new() { Name = Secret, Scopes = ApiScopes.Read, Days = 9 }, PeopledPortal.Tester, Stop);
        await portal.MakeAsync("vera@example.com", PortalRoles.Viewer);
        using var admin = await portal.SignedInAsync();
        using var vera = await portal.SignedInAsync("vera@example.com");
        var adminsPage = await PageAsync(admin, "/admin/keys");
        var verasPage = await PageAsync(vera, "/system");
        using (var live = await ALiveConnection.OpenAsync(portal.Address, admin.Session!))
        {
            await live.StartAsync(portal.Address, "admin/keys", adminsPage);
            Assert.True(await live.HearsAsync(Secret), "an admin's own connection shows it: this test speaks the protocol");
        }

        var before = await LookAsync(portal);
        foreach (var (page, path) in ((string, string)[])[(adminsPage, "admin/keys"), (adminsPage, "admin/users"), (verasPage, "admin/keys")])
        {
            using var live = await ALiveConnection.OpenAsync(portal.Address, vera.Session!);
            await live.StartAsync(portal.Address, path, page);
            Assert.True(await live.HearsAsync("This needs the role "), live.Heard);
            await HarassAsync(live, portal.Address);
            AssertSilent(live);
        }

        using (var live = await ALiveConnection.OpenAsync(portal.Address, vera.Session!))
        {
            await live.StartAsync(portal.Address, "system", verasPage);
            await HarassAsync(live, portal.Address);
            AssertSilent(live);
        }

        using (var live = await ALiveConnection.OpenAsync(portal.Address, vera.Session!))
        {
            await live.StartAsync(portal.Address, "admin/keys", adminsPage, marker =>
            {
                var sealedText = marker["descriptor"]!.GetValue<string>();
                marker["descriptor"] = $"{sealedText[..^9]}{(sealedText[^9] == 'A' ? 'B' : 'A')}{sealedText[^8..]}";
                return marker.DeepClone();
            });
            Assert.False(await live.HearsAsync(Secret)); // the connection ends
        }

        Assert.Equal(before, await LookAsync(portal));
        using var health = await vera.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    // Goes to other pages over the connection, and clicks on everything that could have a handler, by every object that the page could have given out.
    private static async Task HarassAsync(ALiveConnection live, Uri portal)
    {
        foreach (var path in (string[])["admin/keys", "admin/users", "admin/audit", "admin/security", "admin/limits", "admin"]) await live.InvokeAsync("OnLocationChanged", new Uri(portal, path).ToString(), null, false);
        for (var handler = 1; handler <= 60; handler++)
        {
            for (var given = 1; given <= 3; given++)
                await live.InvokeAsync("BeginInvokeDotNetFromJS", $"{handler}-{given}", null, "DispatchEventAsync", (long)given, $$"""[{"eventHandlerId":{{handler}},"eventName":"click","eventFieldInfo":null},{{ClickOfTheMouse}}]""");
        }

        await live.InvokeAsync("BeginInvokeDotNetFromJS", "x", "TftPortal", "RevokeAsync", 0L, "[]"); // no static method can be called
        await live.InvokeAsync("EndInvokeJSFromDotNet", 1L, true, """[1,true,"forged"]""");
        await live.InvokeAsync("NoSuchMethod");
        await live.HearsAsync("NoSuchMethod"); // the answer to the last, or the end
    }

    private static void AssertSilent(ALiveConnection live)
    {
        Assert.DoesNotContain(Secret, live.Heard, StringComparison.Ordinal);
        Assert.DoesNotContain(PeopledPortal.Admin, live.Heard, StringComparison.Ordinal);
    }

    private static async Task<string> PageAsync(APerson person, string path)
    {
        using var page = await person.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return await page.Content.ReadAsStringAsync(Stop);
    }

    /// <summary>All that an admin's act would change.</summary>
    private static async Task<string> LookAsync(PeopledPortal portal)
    {
        var ring = portal.Services.GetRequiredService<KeyRing>();
        var people = (await portal.Users.ListAsync(Stop)).Select(one => $"{one.User.Email} {one.User.Role} {one.User.DisabledAt} {one.User.ConcurrencyStamp}");
        var keys = ring.Keys.Select(held => $"{held.Key.Id} {held.Key.RevokedAt} {held.Key.Secrets.Length}");
        return string.Join('\n', [.. people, .. keys, .. (await portal.AuditAsync()).Select(entry => $"{entry.Number} {entry.Action}")]);
    }
}
