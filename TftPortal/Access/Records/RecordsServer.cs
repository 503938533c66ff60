using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TftPortal.Settings;

namespace TftPortal.Access.Records;

/// <summary>The database on a PostgreSQL server.</summary>
internal sealed class RecordsServer(NpgsqlDataSource source, IDbContextFactory<PortalRecords> records) : IRecordsPlace
{
    private const string Key = "Records:Connection";
    private const long MigrationLock = 0x7466745F6D696772; // "tft_migr": any number that nobody else in the same database takes
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private const string Example = "Host=db.example.com;Database=tft;Username=tft;Passfile=/etc/tft-portal/pgpass";

    public string Name => "the PostgreSQL database";

    /// <summary>By a socket or within this machine, or by TLS that checks the server's certificate: Npgsql's Prefer and Require take any.</summary>
    public bool IsPrivate => new NpgsqlConnectionStringBuilder(source.ConnectionString) is var to
        && (to.SslMode >= SslMode.VerifyCA || to.Host!.Split(',').All(host => host.StartsWith('/') || host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))));

    /// <summary>
    /// Applies migrations where there are any; several who start at once wait for one another. By a lock of our own: EF's ends with each migration, and of two who start at once over
    /// several migrations the second would begin the next one beside the first.
    /// </summary>
    public void Open()
    {
        try
        {
            using var connection = source.OpenConnection(); // first, and not by EF: it would log what is told here, and Migrate would try to make a database that isn't there
            using var database = records.CreateDbContext();
            var isEmpty = !Is(connection, "to_regclass('\"__EFMigrationsHistory\"') IS NOT NULL"); // EF would find that out by a failure, and log it
            if (!isEmpty && !RecordsVersion.IsOld(database, Name)) return;
            using var turn = WaitForTurn(connection);
            if (!Is(connection, "to_regclass('\"__EFMigrationsHistory\"') IS NULL") && !RecordsVersion.IsOld(database, Name)) return; // another was first
            if (!Is(connection, "has_schema_privilege(current_schema(), 'CREATE')")) throw new PostgresException("permission denied for schema", "ERROR", "ERROR", PostgresErrorCodes.InsufficientPrivilege);
            database.Database.Migrate();
        }
        catch (Exception fault) when (CauseOf(fault) is { } cause)
        {
            throw new WrongSettingException(Explain(cause, new(source.ConnectionString)));
        }
    }

    /// <summary>Reads a connection string, and refuses one that can't be one; what it holds is not repeated, since a part of a password may be what was misunderstood.</summary>
    /// <exception cref="WrongSettingException">It can't.</exception>
    public static NpgsqlConnectionStringBuilder Read(string connection)
    {
        try
        {
            var read = new NpgsqlConnectionStringBuilder(connection);
            if (!string.IsNullOrWhiteSpace(read.Host)) return read;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidOperationException or KeyNotFoundException or OverflowException)
        {
            // told below, without what it says
        }

        throw new WrongSettingException($"{Key} (not shown, as it may hold a password) is no connection string of PostgreSQL; allowed is for example {Example}");
    }

    // It ends with its transaction, and so with the process.
    private static NpgsqlTransaction WaitForTurn(NpgsqlConnection connection)
    {
        var turn = connection.BeginTransaction();
        using var asked = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({MigrationLock})", connection, turn) { CommandTimeout = (int)Patience.TotalSeconds };
        asked.ExecuteNonQuery();
        return turn;
    }

    private static bool Is(NpgsqlConnection connection, [StringSyntax("sql")] string condition)
    {
        using var asked = new NpgsqlCommand($"SELECT {condition}", connection);
        return asked.ExecuteScalar() is true;
    }

    private static string Explain(NpgsqlException fault, NpgsqlConnectionStringBuilder to)
    {
        var (user, database) = (to.Username ?? Environment.UserName, to.Database ?? to.Username ?? Environment.UserName);
        var reason = fault is PostgresException refused
            ? refused.SqlState switch
            {
                PostgresErrorCodes.InvalidPassword => $"refuses the password of user {user}. Mend it in {Key}, in the file that its Passfile names, or in PGPASSWORD.",
                PostgresErrorCodes.InvalidAuthorizationSpecification => $"does not let user {user} in ({OneLine(refused.MessageText)}). See its pg_hba.conf.",
                PostgresErrorCodes.InvalidCatalogName => $"has no database {database}. Make it: CREATE DATABASE {database} OWNER {user};",
                PostgresErrorCodes.InsufficientPrivilege => $"does not let user {user} make the tables ({OneLine(refused.MessageText)}). Let it: GRANT CREATE ON SCHEMA public TO {user};",
                _ => $"refuses: {OneLine(refused.MessageText)} ({refused.SqlState}).",
            }
            : $"can't be reached: {OneLine((fault.GetBaseException() is (SocketException or TimeoutException or IOException) and { } deeper ? deeper : fault).Message)}. {Key} says where it is.";
        return $"PostgreSQL at {to.Host}:{to.Port} {reason}";
    }

    // EF wraps what may be transient.
    private static NpgsqlException? CauseOf(Exception? fault) => fault is null ? null : fault as NpgsqlException ?? CauseOf(fault.InnerException);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.');
}
