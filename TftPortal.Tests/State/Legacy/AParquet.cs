using DuckDB.NET.Data;

namespace TftPortal.Tests.State.Legacy;

/// <summary>Writes Parquet files as the old daemon's pandas did: a row a record, key-value metadata beside pandas's own.</summary>
internal static class AParquet
{
    public const string Timesteps = """{"ppml0001": 3, "ppdb0002": 5}""";

    /// <summary>Writes the rows of a query.</summary>
    public static string Of(AFolder folder, string query, string version = "1.0", string tick = "17", string timesteps = Timesteps, string timestamp = "2025-10-12T20:00:00.250000", string options = "COMPRESSION snappy")
    {
        var path = System.IO.Path.Combine(folder.Path, "state.parquet");
        Run($$"""
            COPY ({{query}}) TO '{{path}}' (FORMAT parquet, {{options}}, KV_METADATA {
                pandas: '{"index_columns": [{"kind": "range", "name": null, "start": 0, "stop": 2, "step": 1}], "pandas_version": "2.2.2"}',
                format_version: '{{version}}', tick_count: '{{tick}}', server_timesteps: '{{timesteps}}', timestamp: '{{timestamp}}'})
            """);
        return path;
    }

    public static void Run(string sql)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:;threads=1");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
