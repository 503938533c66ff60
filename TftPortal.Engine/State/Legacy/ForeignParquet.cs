using System.Globalization;
using System.Text;
using DuckDB.NET.Data;

namespace TftPortal.Engine.State.Legacy;

/// <summary>
/// A Parquet file that we did not write, or can't be sure that we did, read by DuckDB in this process.
/// DuckDB sees this one file and nothing else: no other path, no extension, no temporary file, one thread, 256 MiB; nothing that the file says can change that.
/// Whatever is wrong with the file comes out as a <see cref="LegacyRefusedException"/>; a query that does not end is interrupted.
/// </summary>
internal sealed class ForeignParquet : IDisposable
{
    /// <summary>How long a file may take; a state of 150,000 records takes a second.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private readonly DuckDBConnection connection;
    private readonly CancellationToken stop;

    private ForeignParquet(string path, CancellationToken stop)
    {
        this.stop = stop;
        Path = Quoted(path);
        connection = new("Data Source=:memory:;threads=1;memory_limit=256MiB;temp_directory=;autoinstall_known_extensions=false;autoload_known_extensions=false");
        try
        {
            connection.Open();
            Run($"SET allowed_paths = [{Path}]");
            Run("SET enable_external_access = false");
            Run("SET lock_configuration = true");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The file, quoted for SQL.</summary>
    public string Path { get; }

    /// <summary>The file as a table of SQL. Its folders' names are names and no columns.</summary>
    public string Table => $"read_parquet({Path}, hive_partitioning = false)";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">What to read of it; runs on a thread of its own.</param>
    /// <param name="clock">Measures the deadline.</param>
    /// <param name="stop">Ends the reading.</param>
    /// <exception cref="LegacyRefusedException">It is not read.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<T> ReadAsync<T>(string path, Func<ForeignParquet, T> read, TimeProvider clock, CancellationToken stop)
    {
        Check(path);
        using var deadline = new CancellationTokenSource(Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        var token = either.Token;
        var reading = Task.Factory.StartNew(() => Read(path, read, token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await reading.WaitAsync(Deadline + Grace, clock, CancellationToken.None);
        }
        catch (Exception fault) when (fault is TimeoutException || (fault is OperationCanceledException && !stop.IsCancellationRequested))
        {
            // Where DuckDB does not even hear the interruption its thread is left behind; nobody waits for it.
            throw new LegacyRefusedException(LegacyRefusal.Limit, FormattableString.Invariant($"The Parquet file takes longer than {Deadline.TotalSeconds:N0} seconds to read"), fault);
        }
    }

    /// <summary>A text of SQL.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A name of SQL.</summary>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Asks, and takes the rows as they come: an answer is never in memory as a whole.</summary>
    /// <param name="sql">The question.</param>
    /// <param name="row">Takes a row.</param>
    public void Query(string sql, Action<DuckDBDataReader> row)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        using var interruption = stop.Register(command.Cancel);
        using var reader = (DuckDBDataReader)command.ExecuteReader();
        while (reader.Read())
        {
            stop.ThrowIfCancellationRequested();
            row(reader);
        }
    }

    /// <summary>The file's key-value metadata as text; what is not UTF-8 is left out.</summary>
    public IReadOnlyDictionary<string, string> Metadata()
    {
        const int Longest = 16 << 20; // a server_timesteps of half a million servers
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        Query($"SELECT key, value FROM parquet_kv_metadata({Path}) WHERE octet_length(value) <= {Longest.ToString(CultureInfo.InvariantCulture)}", row =>
        {
            if (PickleText.TryUtf8(Bytes(row, 0), out var key) && PickleText.TryUtf8(Bytes(row, 1), out var value)) metadata[key] = value;
        });
        return metadata;
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private static T Read<T>(string path, Func<ForeignParquet, T> read, CancellationToken stop)
    {
        try
        {
            using var file = new ForeignParquet(path, stop);
            return read(file);
        }
        catch (Exception fault) when (fault is not (LegacyRefusedException or OperationCanceledException))
        {
            if (stop.IsCancellationRequested) throw new OperationCanceledException("Interrupted.", fault, stop);

            // Of a damaged file both DuckDB and its binding throw what they like; each of it means that the file can't be read.
            throw new LegacyRefusedException(LegacyRefusal.Malformed, $"The Parquet file can't be read: {FirstLine(fault.Message)}", fault);
        }
    }

    private static void Check(string path)
    {
        if (FileKind.OtherThanFile(path) is { } other) throw new LegacyRefusedException(LegacyRefusal.Unreadable, $"The Parquet file can't be read: it is {other} and no file");
        try
        {
            using var file = new FileStream(path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });
            if (file.Length == 0) throw new LegacyRefusedException(LegacyRefusal.Malformed, "The Parquet file is empty");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LegacyRefusedException(LegacyRefusal.Unreadable, $"The Parquet file can't be read: {fault.Message.TrimEnd('.')}", fault);
        }
    }

    private static byte[] Bytes(DuckDBDataReader row, int column)
    {
        using var stream = row.GetStream(column);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string FirstLine(string text)
    {
        const int Longest = 300;
        var line = new StringBuilder();
        foreach (var letter in text.AsSpan(0, Math.Min(text.Length, Longest)))
        {
            if (letter is '\n' or '\r') break;
            line.Append(char.IsControl(letter) ? ' ' : letter);
        }

        return line.ToString().TrimEnd('.');
    }

    private void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
