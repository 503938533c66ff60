using System.Text;
using Microsoft.Data.Sqlite;
using TftPortal.Access.ApiKeys;
using TftPortal.Settings;

namespace TftPortal.Tests.Access;

/// <summary>The portal's database where something is wrong with it.</summary>
public sealed class RecordsFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tft-records-").FullName;

    [Fact]
    public async Task Two_first_starts_at_once_make_one_database_with_one_pepper()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() => CreateAsync($"key {number}"))));
        Assert.Equal(4, made.Distinct().Count());
        using var output = new StringWriter();
        await KeysCommand.RunAsync(["list", "--data", folder], output, TextWriter.Null, Portal.Options);
        Assert.All(made, key => Assert.Contains(key[4..12], output.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebody_who_reads_keeps_nobody_from_writing()
    {
        await CreateAsync("first");
        await using var database = new SqliteConnection($"Data Source={Path.Combine(folder, "portal.db")};Pooling=False");
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await using var reading = database.BeginTransaction(deferred: true);
        await using var look = database.CreateCommand();
        look.CommandText = "SELECT count(*) FROM sqlite_master";
        await look.ExecuteScalarAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("tft_", await CreateAsync("second"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_was_killed_while_it_migrated_does_not_lock_out_the_next()
    {
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(folder, "portal.db")};Pooling=False"))
        {
            await database.OpenAsync(TestContext.Current.CancellationToken);
            await using var left = database.CreateCommand();
            left.CommandText = """CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER PRIMARY KEY, "Timestamp" TEXT NOT NULL); INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00+00:00')""";
            await left.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        Assert.StartsWith("tft_", await CreateAsync("x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_database_is_left_as_it_is_and_named_in_one_line()
    {
        var path = Path.Combine(folder, "portal.db");
        await File.WriteAllTextAsync(path, new string('x', 5000), TestContext.Current.CancellationToken);
        var fault = await Assert.ThrowsAsync<WrongSettingException>(() => CreateAsync("x"));
        Assert.StartsWith(path, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", fault.Message, StringComparison.Ordinal);
        Assert.Equal(new string('x', 5000), await File.ReadAllTextAsync(path, Encoding.UTF8, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_one_is_named()
    {
        var file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        Assert.Contains("TFT_DATA_DIR", (await Assert.ThrowsAsync<WrongSettingException>(() => CreateAsync("x", file))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<string> CreateAsync(string name, string? data = null)
    {
        using var output = new StringWriter();
        await KeysCommand.RunAsync(["create", "--scope", "read", "--name", name, "--data", data ?? folder], output, TextWriter.Null, Portal.Options);
        return output.ToString().Trim();
    }
}
