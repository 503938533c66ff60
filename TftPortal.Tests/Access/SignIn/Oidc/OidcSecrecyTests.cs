using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TftPortal.Settings;

namespace TftPortal.Tests.Access.SignIn.Oidc;

public sealed class OidcSecrecyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_token_code_cookie_or_secret_of_single_sign_on_stands_in_the_data_folder_or_in_a_log_at_Trace()
    {
        var log = new LogBook();
        using var folder = new AFolder();
        await using var server = await AnOidcServer.StartAsync();
        List<string> cookies = [];
        await using (var portal = await OidcTests.StartAsync(server, $"--TFT_DATA_DIR={folder.Path}", "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace"))
        {
            portal.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
            using var person = portal.Browser();
            using (await person.GetAsync("/sign-in/oidc")) cookies.AddRange(person.Cookies.GetAllCookies().Select(cookie => cookie.Name.StartsWith(".AspNetCore.Correlation.", StringComparison.Ordinal) ? cookie.Name[".AspNetCore.Correlation.".Length..] : cookie.Name));
            Assert.True(cookies.Count >= 2, "the nonce's and the correlation's cookies were seen");
            await OidcTests.SignInAsync(person);
            cookies.Add(person.Session!["tft-session=".Length..]);
            using var page = await person.GetAsync("/system");
            using var failed = await person.GetAsync("/sign-in/oidc/callback?code=a-code-that-nobody-gave&state=forged");
        }

        Assert.True(server.Secrets.Count >= 5, string.Join('\n', server.Secrets)); // the client's secret, a code, its verifier, two tokens
        var written = string.Concat(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        Assert.Contains("user_logins", written, StringComparison.Ordinal);
        Assert.Contains(log.All, line => line.Contains("ConnectionAccepted", StringComparison.Ordinal)); // it is at Trace
        foreach (var secret in (string[])[.. server.Secrets, .. cookies, "a-code-that-nobody-gave"])
        {
            Assert.DoesNotContain(secret, written, StringComparison.Ordinal);
            Assert.True(log.All.All(line => !line.Contains(secret, StringComparison.Ordinal)), $"{secret} is in the log: {log.All.FirstOrDefault(line => line.Contains(secret, StringComparison.Ordinal))}");
        }
    }

    [Theory]
    [InlineData("SignIn:Oidc:Authority is \"sso\"; allowed is the provider's address", "Authority=sso")]
    [InlineData("SignIn:Oidc:Authority is \"http://sso.example.com\"; allowed is an https address", "Authority=http://sso.example.com")]
    [InlineData("SignIn:Oidc:ClientId is \"\"; allowed is what the provider calls this portal", "ClientId=")]
    [InlineData("SignIn:Oidc:ClientSecret and SignIn:Oidc:ClientSecretFile are both set", "ClientSecret=hush-hush", "ClientSecretFile=x")]
    [InlineData("SignIn:Oidc:ClientSecretFile", "ClientSecretFile=no-such-file")]
    [InlineData("SignIn:Oidc:ClientSecretFile", "ClientSecretFile=open-to-all")]
    [InlineData("SignIn:Oidc:Scopes is \"profile email\"; allowed is a list that has openid in it", "Scopes=profile email")]
    [InlineData("SignIn:Oidc:ViewerGroups is \"\"; allowed is a list of groups", "ViewerGroups=")]
    [InlineData("SignIn:Oidc:Others is \"Admin\"; allowed is one of Refuse, Viewer.", "Others=Admin")]
    public void Settings_by_which_nobody_or_everybody_could_sign_in_stop_the_start_and_tell_no_secret(string line, params string[] settings)
    {
        using var folder = new AFolder();
        File.WriteAllText(folder["open-to-all"], "hush-hush");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder["open-to-all"], UnixFileMode.UserRead | UnixFileMode.OtherRead);
        string[] usual = ["Authority=https://sso.example.com", "ClientId=tft", "ViewerGroups=staff"];
        var given = usual.Where(one => !settings.Any(other => other.Split('=')[0] == one.Split('=')[0])).Concat(settings).Select(setting => $"--SignIn:Oidc:{setting}");
        var fault = Assert.Throws<WrongSettingException>(() =>
        {
            var builder = WebApplication.CreateBuilder(Portal.Options([.. given, $"--TFT_DATA_DIR={folder.Path}", "--urls=http://127.0.0.1:0", $"--Engine:ModelFolder={folder["none"]}"]));
            builder.AddTftPortal();
            builder.Build().UseTftPortal();
        });
        Assert.StartsWith(line, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", fault.Message, StringComparison.Ordinal);
    }
}
