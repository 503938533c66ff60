using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace TftPortal.Access.Records;

/// <summary>For <c>dotnet ef</c>, which writes migrations (see <c>add-migration</c> in this folder): it never connects.</summary>
internal sealed class SqliteRecordsDesign : IDesignTimeDbContextFactory<SqliteRecords>
{
    public SqliteRecords CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteRecords>().UseSqlite("Data Source=:memory:").Options);
}

/// <summary>The same for PostgreSQL.</summary>
internal sealed class PostgresRecordsDesign : IDesignTimeDbContextFactory<PostgresRecords>
{
    public PostgresRecords CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresRecords>().UseNpgsql("Host=nowhere").Options);
}
