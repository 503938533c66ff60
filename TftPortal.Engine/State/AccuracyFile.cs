using System.IO.Hashing;

namespace TftPortal.Engine.State;

/// <summary>
/// The scores of the forecasts beside the state, as bytes with their XXH128 at the end: beside, flushed, renamed, the folder flushed. What can't be read is put aside, and scoring begins anew:
/// a kept forecast that is lost is only less evidence.
/// </summary>
internal sealed class AccuracyFile(StatePaths? paths, TimeProvider clock)
{
    private const int HashBytes = 16;

    /// <summary>Reads it where there is one.</summary>
    /// <param name="read">Takes what was written.</param>
    /// <param name="damage">What is wrong with it and where it was put; null where nothing is.</param>
    public void Read(Action<Stream> read, out string? damage)
    {
        damage = null;
        if (paths?.Accuracy is not { } path || !File.Exists(path)) return;
        try
        {
            using var bytes = new MemoryStream(Checked(File.ReadAllBytes(path)), writable: false);
            read(bytes);
        }
        catch (Exception wrong) when (wrong is InvalidDataException or EndOfStreamException or ArgumentException)
        {
            var aside = StatePaths.Damaged(path, clock.GetUtcNow());
            File.Move(path, aside, overwrite: true);
            damage = $"{Path.GetFileName(path)} can't be read ({wrong.Message.ReplaceLineEndings(" ").TrimEnd('.')}); it was put aside as {Path.GetFileName(aside)}";
        }
    }

    /// <summary>Writes it; it is on disk when this returns.</summary>
    /// <exception cref="IOException">It can't be written; what was written before stands.</exception>
    public void Write(Action<Stream> write)
    {
        if (paths?.Accuracy is not { } path) return;
        var beside = path + ".saving";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            var hashing = new HashingStream(file);
            write(hashing);
            file.Write(Convert.FromHexString(hashing.Hash));
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        DiskFlush.Folder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    private static byte[] Checked(byte[] bytes)
    {
        if (bytes.Length < HashBytes || !XxHash128.Hash(bytes.AsSpan(0, bytes.Length - HashBytes)).AsSpan().SequenceEqual(bytes.AsSpan(bytes.Length - HashBytes)))
            throw new InvalidDataException("it is not as it was written");
        return bytes[..^HashBytes];
    }
}
