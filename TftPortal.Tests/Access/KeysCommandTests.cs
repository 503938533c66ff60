using System.Net;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Access.ApiKeys;
using TftPortal.Settings;

namespace TftPortal.Tests.Access;

/// <summary>The command <c>keys</c>, for who is locked out.</summary>
public sealed class KeysCommandTests
{
    [Fact]
    public async Task A_key_made_by_the_command_opens_the_running_portal_soon_and_one_that_it_revoked_no_longer()
    {
        await using var portal = await KeyedPortal.StartAsync(null, false, KeyedPortal.NoLimits);
        var made = await RunAsync("create", "--scope", "read", "--name=x", "--data", portal.Folder);
        Assert.Equal(0, made.Code);
        var key = made.Output.Trim();
        await KeyedPortal.EventuallyAsync(async () => (await portal.ReadAsync(key)).StatusCode == HttpStatusCode.OK);

        var id = key[4..12];
        Assert.Contains(id, (await RunAsync("list", "--data", portal.Folder)).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(key[13..], (await RunAsync("list", "--data", portal.Folder)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("revoke", id, "--data", portal.Folder)).Code);
        await KeyedPortal.EventuallyAsync(async () => (await portal.ReadAsync(key)).StatusCode == HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task It_rotates_and_ends_the_grace_too()
    {
        var folder = Directory.CreateTempSubdirectory("tft-keys-").FullName;
        var first = (await RunAsync("create", "--scope=feed,read", "--name", "agents", "--days", "9", "--network", "10.0.0.0/8", "--data", folder)).Output.Trim();
        var rotated = await RunAsync("rotate", first[4..12], "--grace-hours", "3", "--data", folder);
        Assert.StartsWith(first[..13], rotated.Output, StringComparison.Ordinal);
        Assert.Contains("old secret works until", rotated.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("end-grace", first[4..12], "--data", folder)).Code);
        var again = await RunAsync("end-grace", first[4..12], "--data", folder);
        Assert.Equal((1, ""), (again.Code, again.Output));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("There is no keys delete", "delete")]
    [InlineData("keys revoke needs one id", "revoke")]
    [InlineData("--days must be a whole number", "create", "--days", "soon")]
    [InlineData("keys list has no --scope", "list", "--scope", "read")]
    [InlineData("--name needs a value", "create", "--name")]
    public async Task Wrong_arguments_are_told_in_one_line(string line, params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(line, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_says_how()
    {
        Assert.Contains("keys create --scope", (await RunAsync("--help")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync()).Code);
    }

    [Fact]
    public async Task Without_the_pepper_that_made_them_keys_are_not_silently_wrong()
    {
        var folder = Directory.CreateTempSubdirectory("tft-keys-").FullName;
        await RunAsync("create", "--scope", "read", "--name", "x", "--data", folder);
        var pepper = Path.Combine(folder, "keys.pepper");
        File.Delete(pepper);
        Assert.Contains("is missing", (await Assert.ThrowsAsync<WrongSettingException>(() => RunAsync("list", "--data", folder))).Message, StringComparison.Ordinal);
        Pepper.Open(pepper, mayCreate: true);
        Assert.Contains("is not the one", (await Assert.ThrowsAsync<WrongSettingException>(() => RunAsync("list", "--data", folder))).Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_portal_that_starts_again_knows_its_keys_and_who_used_them()
    {
        var clock = new FakeTimeProvider();
        var folder = Directory.CreateTempSubdirectory("tft-keys-").FullName;
        string key, id;
        await using (var portal = await KeyedPortal.StartAsync(clock, false, $"--TFT_DATA_DIR={folder}"))
        {
            (key, id) = await portal.MakeAsync("reader", ApiScopes.Read);
            await portal.SendAsync(HttpMethod.Get, "/alerts/active", key, null, ("User-Agent", "reader/1"));
            await portal.Store.RevokeAsync(id, KeyedPortal.Tester, TestContext.Current.CancellationToken);
            await portal.ReadAsync(key);
        }

        Assert.Contains("reader", (await RunAsync("list", "--data", folder)).Output, StringComparison.Ordinal);
        await using (var portal = await Api.RunningPortal.StartAsync(clock, false, $"--TFT_DATA_DIR={folder}", $"--Engine:ModelFolder={folder}"))
        {
            var held = ((KeyRing)portal.Services.GetService(typeof(KeyRing))!).Get(id)!;
            Assert.Equal((1, 1), held.Use.InDay(clock.GetUtcNow()));
            Assert.Contains(held.Use.Callers, caller => caller.UserAgent == "reader/1" && caller.LastAt is not null);
            Assert.Equal(HttpStatusCode.Forbidden, (await portal.SendAsync(HttpMethod.Get, "/alerts/active", key: key)).StatusCode);
        }

        Directory.Delete(folder, recursive: true);
    }

    internal static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using StringWriter output = new(), errors = new();
        var code = await KeysCommand.RunAsync(arguments, output, errors, Portal.Options);
        return (code, output.ToString(), errors.ToString());
    }
}
