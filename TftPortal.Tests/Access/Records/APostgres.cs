using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace TftPortal.Tests.Access.Records;

/// <summary>
/// A PostgreSQL server of this machine's binaries, on a socket in a temporary folder: nothing listens on the network, and a password is asked for. PostgreSQL refuses to run as root: then Debian's user postgres runs it.
/// </summary>
public sealed class APostgres : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private string? missing, binaries;
    private DirectoryInfo? folder;
    private Process? server;
    private int databases;

    /// <summary>The superuser's password.</summary>
    internal string Password => password;

    public async ValueTask InitializeAsync()
    {
        if (await FindOrInstallAsync() is not { } found)
        {
            missing = "No PostgreSQL on this machine, and none could be installed (Debian's package postgresql).";
            return;
        }

        folder = Directory.CreateTempSubdirectory("tft-pg-");
        var file = Path.Combine(folder.FullName, "password");
        await File.WriteAllTextAsync(file, password);
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "-R", "postgres", folder.FullName);
        var data = Path.Combine(folder.FullName, "data");
        await RunAsync(As(Path.Combine(found, "initdb"), "-D", data, "-U", "tft", "-A", "scram-sha-256", "--pwfile", file, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"));
        // The shell ends the server when this process does, however that ends: then nobody holds the other end of its input.
        binaries = found;
        await StartAgainAsync();
    }

    /// <summary>Starts the server on what it has on disk.</summary>
    internal async Task StartAgainAsync()
    {
        var data = Path.Combine(folder!.FullName, "data");
        string[] command = [Path.Combine(binaries!, "postgres"), "-D", data, "-k", folder.FullName, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=16MB", "-c", "max_connections=60"];
        string[] program = As("/bin/sh", ["-c", "\"$@\" >/dev/null 2>&1 & server=$!; read -r _; kill -INT $server; wait $server", "sh", .. command]);
        server = Process.Start(new ProcessStartInfo(program[0], program[1..]) { UseShellExecute = false, RedirectStandardInput = true, WorkingDirectory = folder.FullName })!;
        await AnswersAsync();
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>How to connect to it.</returns>
    internal async Task<string> NewDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"tft_{Interlocked.Increment(ref databases)}");
        await ExecuteAsync(Connection("postgres"), $"CREATE DATABASE {name}");
        return Connection(name);
    }

    /// <summary>How to connect to a database; the test is skipped where there is no server.</summary>
    internal string Connection(string database)
    {
        Assert.SkipWhen(missing is not null, missing ?? "");
        return $"Host={folder!.FullName};Database={database};Username=tft;Password={password}";
    }

    internal static async Task ExecuteAsync(string connection, string command)
    {
        await using var open = new NpgsqlConnection(connection + ";Pooling=false");
        await open.OpenAsync(TestContext.Current.CancellationToken);
        await using var asked = new NpgsqlCommand(command, open);
        await asked.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>All that the server has on disk.</summary>
    internal string Written() => string.Concat(Directory.EnumerateFiles(Path.Combine(folder!.FullName, "data"), "*", SearchOption.AllDirectories).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await StopAsync();
        folder?.Delete(recursive: true);
    }

    /// <summary>Stops the server, and cuts every connection.</summary>
    internal async Task StopAsync()
    {
        server!.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await server.WaitForExitAsync(patience.Token);
        server.Dispose();
        server = null;
    }

    private async Task AnswersAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (true)
        {
            try
            {
                await using var open = new NpgsqlConnection(Connection("postgres") + ";Pooling=false");
                await open.OpenAsync(patience.Token);
                return;
            }
            catch (NpgsqlException) when (!server!.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token); // it starts
            }
        }
    }

    private static async Task<string?> FindOrInstallAsync()
    {
        if (Find() is { } found) return found;
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get")) return null;
        await RunAsync("/bin/sh", "-c", "apt-get update -qq && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql || true");
        return Find();
    }

    private static string? Find() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "postgres"))).Max(StringComparer.Ordinal)
        : null;

    private static string[] As(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments] : [program, .. arguments];

    private static async Task RunAsync(params string[] program)
    {
        using var run = Process.Start(new ProcessStartInfo(program[0], program[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        var (output, errors) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
        await run.WaitForExitAsync();
        Assert.True(run.ExitCode == 0, $"{program[0]}: {await output}{await errors}");
    }
}
