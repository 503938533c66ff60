using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using TftPortal.Access.Records;

namespace TftPortal.Tests.Access.Records;

public sealed class MigrationsTests
{
    [Fact]
    public void The_migrations_of_each_database_make_what_the_model_says()
    {
        using PortalRecords sqlite = new SqliteRecordsDesign().CreateDbContext([]), postgres = new PostgresRecordsDesign().CreateDbContext([]);
        Assert.All([sqlite, postgres], database => Assert.False(database.Database.HasPendingModelChanges(), $"{database.GetType().Name} lacks a migration: TftPortal/Access/Records/add-migration NAME writes it for both databases."));
    }

    [Fact]
    public void Both_databases_have_the_same_tables_columns_and_keys()
    {
        using PortalRecords sqlite = new SqliteRecordsDesign().CreateDbContext([]), postgres = new PostgresRecordsDesign().CreateDbContext([]);
        Assert.Equal(Tables(sqlite), Tables(postgres));
    }

    private static IEnumerable<string> Tables(PortalRecords database) =>
        from table in database.Model.GetEntityTypes()
        from part in table.GetProperties().Select(column => $"{column.Name} {column.ClrType.Name} {column.IsNullable}")
            .Concat(table.GetKeys().Select(key => $"key {string.Join(',', key.Properties.Select(property => property.Name))}"))
            .Concat(table.GetIndexes().Select(index => $"index {index.IsUnique} {string.Join(',', index.Properties.Select(property => property.Name))}"))
        let text = $"{table.GetTableName()}: {part}"
        orderby text
        select text;
}
