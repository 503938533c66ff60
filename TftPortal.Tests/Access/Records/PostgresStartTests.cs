using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using TftPortal.Access.ApiKeys;
using TftPortal.Settings;
using TftPortal.Tests.Access.SignIn;

namespace TftPortal.Tests.Access.Records;

/// <summary>A start on PostgreSQL that can't be, and what its password is found in: nothing.</summary>
public sealed class PostgresStartTests(APostgres postgres) : IClassFixture<APostgres>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_password_a_missing_database_a_missing_right_and_a_newer_version_are_each_told_in_one_line_with_what_to_do()
    {
        var empty = await postgres.NewDatabaseAsync();
        await APostgres.ExecuteAsync(empty, "CREATE ROLE guest LOGIN PASSWORD 'a-guests-password'; REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        Told(empty.Replace(postgres.Password, "a-wrong-password", StringComparison.Ordinal), "refuses the password of user tft. Mend it in Records:Connection");
        Told(postgres.Connection("no_such"), "has no database no_such. Make it: CREATE DATABASE no_such OWNER tft;");
        Told(empty.Replace("Username=tft", "Username=guest", StringComparison.Ordinal).Replace(postgres.Password, "a-guests-password", StringComparison.Ordinal), "does not let user guest make the tables");
        Told("Host=/tmp/no-such-folder;Username=tft;Password=a-wrong-password", "PostgreSQL at /tmp/no-such-folder:5432 can't be reached: ");
        Told("Host=127.0.0.1;Port=1;Username=tft;Password=a-wrong-password", "PostgreSQL at 127.0.0.1:1 can't be reached: Connection refused. Records:Connection says where it is.");

        await using (await PeopledPortal.StartEmptyAsync(null, "--Records:Provider=Postgres", $"--Records:Connection={empty}")) await APostgres.ExecuteAsync(empty, """INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Tomorrow', '99.0')""");
        Told(empty, "the PostgreSQL database was made by a newer version of this program (it has 29990101000000_Tomorrow).");
    }

    [Theory]
    [InlineData("Postgres", "", "Records:Connection (not shown")]
    [InlineData("Postgres", "Host=db;Password=half;of-it-stands-here", "Records:Connection (not shown")]
    [InlineData("Postgres", "postgres://tft:of-it@db/tft", "Records:Connection (not shown")]
    [InlineData("Postgres", "Host=db;Port=of-it", "Records:Connection (not shown")]
    [InlineData("Postgres", "Database=of-it", "Records:Connection (not shown")]
    [InlineData("Sqlite", "Host=db;Password=of-it", "Records:Connection is set, and Records:Provider is \"Sqlite\"")]
    [InlineData("Oracle", "", "Records:Provider is \"Oracle\"; allowed is one of Sqlite, Postgres.")]
    public void Settings_that_say_no_database_stop_the_start_without_telling_the_password(string provider, string connection, string line)
    {
        var told = SettingsSetup.Explain(Assert.Throws<WrongSettingException>(() => WebApplication.CreateBuilder(Portal.Options([$"--Records:Provider={provider}", $"--Records:Connection={connection}"])).AddTftPortal()));
        Assert.StartsWith(line, told, StringComparison.Ordinal);
        Assert.DoesNotContain("of-it", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_connections_password_and_no_other_secret_stand_in_a_log_at_Trace_an_answer_or_the_servers_files()
    {
        var connection = await postgres.NewDatabaseAsync();
        var log = new LogBook();
        string key, told, session;
        await using (var portal = await PeopledPortal.StartAsync(null, "--Records:Provider=Postgres", $"--Records:Connection={connection}", "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.EntityFrameworkCore=Trace"))
        {
            ((ILoggerFactory)portal.Services.GetService(typeof(ILoggerFactory))!).AddProvider(log);
            key = (await ((KeyStore)portal.Services.GetService(typeof(KeyStore))!).CreateAsync(new() { Name = "x", Scopes = ApiScopes.Read, Days = 3 }, PeopledPortal.Tester, Stop)).Text!;
            using var admin = await portal.SignedInAsync();
            session = admin.Session!;
            told = "";
            foreach (var path in (string[])["/status", "/admin", "/admin/security", "/admin/audit", "/system", "/health"])
            {
                using var page = await admin.GetAsync(path);
                told += await page.Content.ReadAsStringAsync(Stop);
            }
        }

        Assert.Contains(log.All, line => line.Contains("Npgsql", StringComparison.Ordinal)); // its log was heard
        await APostgres.ExecuteAsync(connection, "CHECKPOINT");
        var written = postgres.Written();
        Assert.Contains("user_sessions", written, StringComparison.Ordinal);
        Assert.All([postgres.Password, key, key[13..], session["tft-session=".Length..], PeopledPortal.Password], secret =>
        {
            Assert.DoesNotContain(log.All, line => line.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(secret, told, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, written, StringComparison.Ordinal);
        });
    }

    private static void Told(string connection, string words)
    {
        using var folder = new AFolder();
        var builder = WebApplication.CreateBuilder(Portal.Options(["--Records:Provider=postgres", $"--Records:Connection={connection}", $"--TFT_DATA_DIR={folder.Path}", "--urls=http://127.0.0.1:0", $"--Engine:ModelFolder={folder["none"]}"]));
        builder.AddTftPortal();
        var line = SettingsSetup.Explain(Assert.Throws<WrongSettingException>(builder.Build().UseTftPortal))!;
        Assert.Contains(words, line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        Assert.DoesNotContain("password;", line + ";", StringComparison.Ordinal);
        Assert.DoesNotContain("a-wrong", line, StringComparison.Ordinal);
    }
}
