using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TftPortal.Access.SignIn;

namespace TftPortal.Tests.Access.SignIn;

/// <summary>Where a password, a cookie, a TOTP secret, a recovery code or a link in clear may stand: in the one answer that makes it, and nowhere else.</summary>
public sealed class SignInSecrecyTests
{
    [Fact]
    public async Task No_secret_of_people_stands_in_the_data_folder_in_a_log_at_Trace_or_in_another_answer()
    {
        var stop = TestContext.Current.CancellationToken;
        var log = new LogBook();
        Dictionary<string, string> secrets = new(StringComparer.Ordinal);
        var told = new StringBuilder();
        var folder = Directory.CreateTempSubdirectory("tft-secrecy-").FullName;
        await using (var portal = await PeopledPortal.StartEmptyAsync(null, "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace", $"--TFT_DATA_DIR={folder}"))
        {
            portal.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
            secrets["setup token"] = (await File.ReadAllTextAsync(Path.Combine(folder, SetupToken.FileName), stop)).Trim();
            secrets["password"] = PeopledPortal.Password;
            secrets["wrong password"] = "a password that was never right";
            using var person = portal.Browser();
            await HearAsync(person.SubmitAsync("/setup", "setup", ("Setup.Token", secrets["setup token"]), ("Setup.Email", PeopledPortal.Admin), ("Setup.Password", PeopledPortal.Password), ("Setup.Again", PeopledPortal.Password)));
            secrets["cookie"] = person.Session!["tft-session=".Length..];

            using (var account = await person.GetAsync("/account"))
            {
                var carried = APerson.Hidden(await account.Content.ReadAsStringAsync(stop), "Enrol.Secret");
                var secret = portal.Services.GetRequiredService<SecondStep>().Open(carried)!;
                secrets["TOTP secret, base 32"] = Totp.ToBase32(secret);
                secrets["TOTP secret, base 64"] = Convert.ToBase64String(secret);
                using var enrolled = await person.SubmitAsync("/account", "enrol", ("Enrol.Secret", carried), ("Enrol.Code", Totp.CodeAt(secret, Totp.StepAt(TimeProvider.System.GetUtcNow()))));
                var code = Regex.Match(await enrolled.Content.ReadAsStringAsync(stop), "<li><code>(?<code>[a-z2-7-]{19})</code>", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["code"].Value;
                secrets["recovery code"] = code;
                secrets["recovery code as it is digested"] = code.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
            }

            var made = await portal.Users.CreateAsync("vera@example.com", PortalRoles.Viewer, PeopledPortal.Tester, stop);
            secrets["one-time link"] = made.Link!;
            using var other = portal.Browser();
            await HearAsync(other.SignInAsync(PeopledPortal.Admin, secrets["wrong password"]));
            await HearAsync(other.SignInAsync(secrets["wrong password"], PeopledPortal.Password)); // the wrong way round
            using (var first = await other.SignInAsync(PeopledPortal.Admin, PeopledPortal.Password))
            {
                var html = await first.Content.ReadAsStringAsync(stop);
                told.Append(html);
                await HearAsync(other.SubmitAsync(html, "/sign-in", "code", ("Code.Proof", APerson.Hidden(html, "Code.Proof")), ("Code.Text", secrets["recovery code"])));
            }

            foreach (var path in (string[])["/", "/system", "/account", "/admin/users", "/status", "/setup?token=x"]) await HearAsync(person.GetAsync(path));
            await HearAsync(other.SubmitAsync($"/welcome?link={made.Link}", "welcome", ("Choice.Link", made.Link!), ("Choice.Password", PeopledPortal.Password), ("Choice.Again", PeopledPortal.Password)));
            foreach (var entry in await portal.AuditAsync()) told.Append(entry.Actor).Append(entry.Subject).Append(entry.Detail);
        }

        var written = string.Concat(Directory.EnumerateFiles(folder).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        Directory.Delete(folder, recursive: true);
        Assert.Contains("user_sessions", written, StringComparison.Ordinal); // it is the database that was read
        Assert.Contains(log.All, line => line.Contains("ConnectionAccepted", StringComparison.Ordinal)); // it is at Trace
        foreach (var (name, secret) in secrets)
        {
            Assert.False(written.Contains(secret, StringComparison.Ordinal), $"the {name} is in the data folder");
            Assert.False(log.All.FirstOrDefault(line => line.Contains(secret, StringComparison.Ordinal)) is { } line && line.Length > 0, $"the {name} is in the log: {log.All.FirstOrDefault(found => found.Contains(secret, StringComparison.Ordinal))}");
            // The wrong address is repeated in its own field to whoever typed it.
            if (name is not "wrong password") Assert.False(told.ToString().Contains(secret, StringComparison.Ordinal), $"the {name} is in an answer");
        }

        async Task HearAsync(Task<HttpResponseMessage> asking)
        {
            using var answer = await asking;
            told.Append(await answer.Content.ReadAsStringAsync(stop));
        }
    }
}
