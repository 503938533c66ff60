using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using TftPortal.Settings;

namespace TftPortal.Access.Records;

internal static class RecordsSetup
{
    /// <summary>Adds the portal's database, SQLite or PostgreSQL.</summary>
    /// <exception cref="WrongSettingException">The settings don't say which and where.</exception>
    public static void AddRecords(this IServiceCollection services, IConfiguration settings)
    {
        SettingsCheck.Check<RecordsOptions>(settings, "Records");
        services.AddOptions<RecordsOptions>().BindConfiguration("Records");
        var options = settings.GetSection("Records").Get<RecordsOptions>() ?? new();
        if (options.Provider == RecordsProvider.Postgres) services.AddServer(RecordsServer.Read(options.Connection));
        else services.AddFile(options);
        services.AddScoped(of => of.GetRequiredService<IDbContextFactory<PortalRecords>>().CreateDbContext());
    }

    private static void AddFile(this IServiceCollection services, RecordsOptions options)
    {
        if (options.Connection.Length > 0) throw new WrongSettingException("Records:Connection is set, and Records:Provider is \"Sqlite\", which uses none; set Records:Provider to Postgres, or leave the connection out.");
        services.AddRecords<SqliteRecords>((of, records) => records.UseSqlite(RecordsFile.Connection(of.GetRequiredService<PortalFolders>())));
        services.AddSingleton<IRecordsPlace, RecordsFile>();
    }

    private static void AddServer(this IServiceCollection services, NpgsqlConnectionStringBuilder connection)
    {
        connection.ApplicationName ??= "TftPortal";
        services.AddSingleton(of => new NpgsqlDataSourceBuilder(connection.ConnectionString).UseLoggerFactory(of.GetRequiredService<ILoggerFactory>()).Build());
        services.AddRecords<PostgresRecords>((of, records) => records.UseNpgsql(of.GetRequiredService<NpgsqlDataSource>(), postgres => postgres.ExecutionStrategy(dependencies => new RecordsRetry(dependencies))));
        services.AddSingleton<IRecordsPlace, RecordsServer>();
    }

    private static void AddRecords<TRecords>(this IServiceCollection services, Action<IServiceProvider, DbContextOptionsBuilder> use)
        where TRecords : PortalRecords
    {
        services.AddDbContextFactory<TRecords>((of, records) =>
        {
            use(of, records);
            records.ConfigureWarnings(events => events.Log((RelationalEventId.CommandExecuted, LogLevel.Trace))); // the ring's version is asked for every other second
        });
        services.AddSingleton<IDbContextFactory<PortalRecords>, RecordsFactory<TRecords>>();
    }
}
