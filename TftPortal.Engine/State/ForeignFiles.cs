using TftPortal.Engine.State.Legacy;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.State;

/// <summary>Reads files whose hash is not known: those of the old daemon, and our own from elsewhere. None of them is opened by Parquet.Net.</summary>
internal sealed class ForeignFiles(LegacyReader legacy)
{
    /// <summary>Whether a Parquet file is of our own format.</summary>
    public static bool IsOurs(string path) => false;

    /// <summary>Reads one of our own.</summary>
    /// <exception cref="InvalidDataException">It is not as it was written.</exception>
    public static WindowImage ReadOurs(string path) => throw new InvalidDataException("its hash is not known");

    /// <summary>Reads the old daemon's Parquet.</summary>
    /// <exception cref="LegacyRefusedException">It is not read.</exception>
    public static LegacyState ReadParquet(string path) => throw new InvalidDataException("its hash is not known");

    /// <summary>Reads the old daemon's pickle.</summary>
    /// <exception cref="LegacyRefusedException">It is not read.</exception>
    public LegacyState ReadPickle(string path) => legacy.ReadPickle(path);
}
