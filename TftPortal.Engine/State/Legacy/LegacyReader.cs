using static System.FormattableString;

namespace TftPortal.Engine.State.Legacy;

/// <summary>Reads what the old daemon left on disk. Only reads: the file stays byte for byte and mtime as it was.</summary>
/// <param name="judge">The rules for readings.</param>
/// <param name="clock">Whose local time zone naive timestamps are in.</param>
internal sealed class LegacyReader(RecordJudge judge, TimeProvider clock)
{
    /// <summary>Reads its pickle, <c>.pkl</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told now and then how far it is.</param>
    /// <param name="stop">Ends the reading.</param>
    /// <exception cref="LegacyRefusedException">It is not read; the exception says why. Nothing of it was executed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public LegacyState ReadPickle(string path, IProgress<LegacyProgress>? progress = null, CancellationToken stop = default) =>
        new LegacyPickle(judge, clock).Read(Load(path), progress, stop);

    /// <summary>Reads its Parquet file, version 1.0.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told now and then how far it is.</param>
    /// <param name="stop">Ends the reading.</param>
    /// <exception cref="LegacyRefusedException">It is not read; the exception says why.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task<LegacyState> ReadParquetAsync(string path, IProgress<LegacyProgress>? progress = null, CancellationToken stop = default) =>
        ForeignParquet.ReadAsync(path, file => new LegacyParquet(judge, clock).Read(file, progress), clock, stop);

    private static byte[] Load(string path)
    {
        if (FileKind.OtherThanFile(path) is { } other) throw new LegacyRefusedException(LegacyRefusal.Unreadable, $"The pickle can't be read: it is {other} and no file");
        try
        {
            using var file = new FileStream(path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.SequentialScan, BufferSize = 0 });
            if (file.Length > PickleLimits.FileBytes) throw new LegacyRefusedException(LegacyRefusal.Limit, Invariant($"The pickle has {file.Length:N0} bytes; up to {PickleLimits.FileBytes:N0} are read"));
            var bytes = new byte[file.Length];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length == bytes.Length ? bytes : bytes[..length];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LegacyRefusedException(LegacyRefusal.Unreadable, $"The pickle can't be read: {fault.Message.TrimEnd('.')}", fault);
        }
    }
}
