using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Access.SignIn;
using TftPortal.Settings;

namespace TftPortal.Tests.Access.SignIn;

public sealed class SetupTests
{
    private static readonly (string, string)[] Claim = [("Setup.Email", "ada@example.com"), ("Setup.Password", PeopledPortal.Password), ("Setup.Again", PeopledPortal.Password)];

    [Fact]
    public async Task The_token_makes_one_admin_who_is_signed_in_and_then_the_page_is_gone_for_ever()
    {
        await using var portal = await PeopledPortal.StartEmptyAsync();
        var file = Path.Combine(portal.Folder, SetupToken.FileName);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var token = File.ReadAllText(file).Trim();
        using var person = portal.Browser();
        using (var wrong = await person.SubmitAsync("/setup", "setup", [("Setup.Token", "wrong"), .. Claim])) Assert.Contains("This is not the token", await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var done = await person.SubmitAsync("/setup", "setup", [("Setup.Token", token), .. Claim]);
        Assert.Equal("/", done.Headers.Location?.OriginalString.Replace(portal.Address.ToString().TrimEnd('/'), "", StringComparison.Ordinal));
        using var page = await person.GetAsync("/system");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.False(File.Exists(file));
        using var again = await person.GetAsync("/setup");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        using var stranger = portal.Browser();
        using var refused = await stranger.GetAsync("/setup");
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Contains(await portal.AuditAsync(), entry => entry is { Action: "user.created", Actor: "setup" });
    }

    [Fact]
    public async Task Two_who_claim_it_at_once_make_one_admin()
    {
        await using var portal = await PeopledPortal.StartEmptyAsync();
        var token = File.ReadAllText(Path.Combine(portal.Folder, SetupToken.FileName)).Trim();
        var people = Enumerable.Range(0, 4).Select(_ => portal.Browser()).ToList();
        var pages = await Task.WhenAll(people.Select(async person =>
        {
            using var page = await person.GetAsync("/setup");
            return await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }));
        var answers = await Task.WhenAll(people.Select((person, index) => person.SubmitAsync(pages[index], "/setup", "setup",
            ("Setup.Token", token), ("Setup.Email", $"claimant{index}@example.com"), ("Setup.Password", PeopledPortal.Password), ("Setup.Again", PeopledPortal.Password))));
        Assert.Single(people, person => person.Session is not null);
        Assert.Single(await portal.Users.ListAsync(TestContext.Current.CancellationToken));
        Assert.All(answers, answer => Assert.True((int)answer.StatusCode < 500));
        foreach (var answer in answers) answer.Dispose();
        foreach (var person in people) person.Dispose();
    }

    [Fact]
    public async Task An_hour_after_the_start_the_token_is_worth_nothing()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var portal = await PeopledPortal.StartEmptyAsync(clock);
        var token = File.ReadAllText(Path.Combine(portal.Folder, SetupToken.FileName)).Trim();
        clock.Advance(TimeSpan.FromMinutes(61));
        using var person = portal.Browser();
        using var answer = await person.SubmitAsync("/setup", "setup", [("Setup.Token", token), .. Claim]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await portal.Users.ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Guessing_the_token_is_slowed_down_with_Retry_After()
    {
        await using var portal = await PeopledPortal.StartEmptyAsync();
        using var person = portal.Browser();
        var last = HttpStatusCode.OK;
        for (var tries = 0; tries < 8 && last == HttpStatusCode.OK; tries++)
        {
            using var answer = await person.SubmitAsync("/setup", "setup", [("Setup.Token", $"guess{tries}"), .. Claim]);
            last = answer.StatusCode;
            if (last == HttpStatusCode.TooManyRequests) Assert.NotNull(answer.Headers.RetryAfter?.Delta);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Theory]
    [InlineData("ada@example.com", "password1234", "TFT_ADMIN_PASSWORD is not allowed: This password is one of the first that are tried.")]
    [InlineData("ada@example.com", "short", "TFT_ADMIN_PASSWORD is not allowed: A password has at least 12 characters.")]
    [InlineData("ada@example.com", "", "TFT_ADMIN_EMAIL and TFT_ADMIN_PASSWORD make the first admin together; one of them is not set.")]
    [InlineData("ada", "quiet lamp over nine rivers", "TFT_ADMIN_EMAIL can't be the first admin: This is no e-mail address.")]
    public void A_first_admin_that_the_settings_get_wrong_stops_the_start_without_telling_the_password(string email, string password, string line)
    {
        using var folder = new AFolder();
        var builder = WebApplication.CreateBuilder(Portal.Options([$"--TFT_ADMIN_EMAIL={email}", $"--TFT_ADMIN_PASSWORD={password}", $"--TFT_DATA_DIR={folder.Path}", "--urls=http://127.0.0.1:0", $"--Engine:ModelFolder={folder["none"]}"]));
        builder.AddTftPortal();
        var app = builder.Build();
        var told = SettingsSetup.Explain(Assert.Throws<WrongSettingException>(app.UseTftPortal));
        Assert.StartsWith(line, told, StringComparison.Ordinal);
        if (password.Length > 0) Assert.DoesNotContain(password, told, StringComparison.Ordinal);
    }
}
