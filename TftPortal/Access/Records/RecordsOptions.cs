namespace TftPortal.Access.Records;

/// <summary>The settings <c>Records:*</c>: where keys, users and the audit are kept.</summary>
internal sealed class RecordsOptions
{
    /// <summary>Which database.</summary>
    /// <value>Sqlite by default: the file <c>portal.db</c> in the data folder. Postgres: the server that <see cref="Connection"/> names.</value>
    public RecordsProvider Provider { get; set; } = RecordsProvider.Sqlite;

    /// <summary>How to connect to PostgreSQL. It may hold a password, so no message, log or page ever repeats it.</summary>
    /// <value>Npgsql's form, such as <c>Host=db.example.com;Database=tft;Username=tft;Passfile=/etc/tft-portal/pgpass</c>; empty with Sqlite, which needs none.</value>
    public string Connection { get; set; } = "";
}

/// <summary>Which database the records are kept in.</summary>
internal enum RecordsProvider
{
    /// <summary>A file in the data folder.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server.</summary>
    Postgres,
}
