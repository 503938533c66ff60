using TftPortal.Engine.State.Legacy;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.State;

/// <summary>Reads files whose hash is not known: those of the old daemon, and our own from elsewhere. None of them is opened by Parquet.Net.</summary>
internal sealed class ForeignFiles(LegacyReader legacy, TimeProvider clock)
{
    /// <summary>Reads one of our own; null where it is of another format.</summary>
    /// <exception cref="LegacyRefusedException">It can't be read, or is not as it was written.</exception>
    public Task<WindowImage?> ReadOursAsync(string path) =>
        ForeignParquet.ReadAsync(path, file => ForeignSnapshot.IsOne(file) ? ForeignSnapshot.Read(file) : null, clock, CancellationToken.None);

    /// <summary>Reads the old daemon's Parquet.</summary>
    /// <exception cref="LegacyRefusedException">It is not read.</exception>
    public Task<LegacyState> ReadParquetAsync(string path, IProgress<LegacyProgress> progress) => legacy.ReadParquetAsync(path, progress);

    /// <summary>Reads the old daemon's pickle.</summary>
    /// <exception cref="LegacyRefusedException">It is not read.</exception>
    public Task<LegacyState> ReadPickleAsync(string path, IProgress<LegacyProgress> progress) => Task.FromResult(legacy.ReadPickle(path, progress));
}
