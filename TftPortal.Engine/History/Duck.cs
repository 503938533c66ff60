using System.Data.Common;
using System.Globalization;
using DuckDB.NET.Data;
using TftPortal.Engine.State.Legacy;

namespace TftPortal.Engine.History;

/// <summary>
/// One use of DuckDB: a database in memory that sees the history's folder and nothing else, with bounds on memory and threads. Its memory goes with it.
/// </summary>
internal sealed class Duck : IDisposable
{
    /// <summary>Where what does not fit into memory goes, in the folder.</summary>
    public const string SpillFolder = ".spill";

    private readonly DuckDBConnection connection;
    private readonly string spill;

    /// <summary>Opens it.</summary>
    /// <param name="folder">What it may read and write.</param>
    /// <param name="memoryMegabytes">Memory, MiB; what does not fit goes to a folder in <see cref="SpillFolder"/> there.</param>
    /// <param name="threads">Threads.</param>
    public Duck(string folder, int memoryMegabytes, int threads)
    {
        // A folder each: DuckDB's spill files have the same names in every instance, and closing one deletes them all.
        spill = Path.Combine(folder, SpillFolder, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Path.GetDirectoryName(spill)!);
        connection = new(string.Create(CultureInfo.InvariantCulture, $"Data Source=:memory:;threads={threads};memory_limit={memoryMegabytes}MiB;autoinstall_known_extensions=false;autoload_known_extensions=false;preserve_insertion_order=false"));
        try
        {
            connection.Open();
            Run($"SET temp_directory = {Text(spill)}");
            Run($"SET allowed_directories = [{Text(folder.TrimEnd('/') + '/')}]");
            Run("SET enable_external_access = false");
            Run("SET lock_configuration = true");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A text of SQL.</summary>
    public static string Text(string text) => ForeignParquet.Quoted(text);

    /// <summary>Runs a statement.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="stop">Interrupts it.</param>
    public void Run(string sql, CancellationToken stop = default)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Interruptible(command, command.ExecuteNonQuery, stop);
    }

    /// <summary>Asks, and takes the rows as they come.</summary>
    /// <param name="sql">The question, its parameters as <c>$1</c>, <c>$2</c>…</param>
    /// <param name="parameters">Their values.</param>
    /// <param name="row">Takes a row.</param>
    /// <param name="stop">Interrupts it.</param>
    public void Query(string sql, object[] parameters, Action<DbDataReader> row, CancellationToken stop)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        foreach (var value in parameters) command.Parameters.Add(new DuckDBParameter(value));
        Interruptible(command, () =>
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                stop.ThrowIfCancellationRequested();
                row(reader);
            }

            return 0;
        }, stop);
    }

    /// <summary>Fills a table.</summary>
    public DuckDBAppender Append(string table) => connection.CreateAppender(table);

    /// <inheritdoc/>
    public void Dispose()
    {
        connection.Dispose();
        if (Directory.Exists(spill)) Directory.Delete(spill, recursive: true);
    }

    private static void Interruptible(DuckDBCommand command, Func<int> run, CancellationToken stop)
    {
        using var interruption = stop.Register(command.Cancel);
        try
        {
            run();
        }
        catch (DuckDBException fault) when (stop.IsCancellationRequested)
        {
            throw new OperationCanceledException("Interrupted.", fault, stop);
        }
    }
}
