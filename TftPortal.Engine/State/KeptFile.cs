using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TftPortal.Engine.State;

/// <summary>Something small beside the state, as JSON. Written when it has changed: beside, flushed, renamed, the folder flushed. What can't be read is put aside, and what it held begins anew.</summary>
/// <typeparam name="T">What it holds.</typeparam>
/// <param name="path">Where; null where nothing is kept.</param>
/// <param name="form">How it is written.</param>
/// <param name="nothing">What it holds where there is no file.</param>
/// <param name="faultOf">What is wrong with something that was read; null where nothing is.</param>
/// <param name="clock">Dates what is put aside.</param>
internal sealed class KeptFile<T>(string? path, JsonTypeInfo<T> form, T nothing, Func<T, string?> faultOf, TimeProvider clock)
    where T : class
{
    private const int MaxBytes = 1 << 30; // far above what ten thousand servers with all their alerts come to (some 70 MiB)
    private byte[] written = []; // its hash

    /// <summary>What was known when it was last written.</summary>
    /// <param name="damage">What is wrong with it and where it was put; null where nothing is.</param>
    public T Read(out string? damage)
    {
        damage = null;
        if (path is null || !File.Exists(path)) return nothing;
        try
        {
            if (new FileInfo(path).Length > MaxBytes) throw new InvalidDataException($"it is larger than {MaxBytes} bytes");
            var bytes = File.ReadAllBytes(path);
            var read = JsonSerializer.Deserialize(bytes, form);
            if ((read is null ? "parts are missing" : faultOf(read)) is { } fault) throw new InvalidDataException(fault);
            written = SHA256.HashData(bytes);
            return read!;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidDataException or NotSupportedException)
        {
            var aside = StatePaths.Damaged(path, clock.GetUtcNow());
            File.Move(path, aside, overwrite: true);
            damage = $"{Path.GetFileName(path)} can't be read ({wrong.Message.ReplaceLineEndings(" ").TrimEnd('.')}); it was put aside as {Path.GetFileName(aside)}";
            return nothing;
        }
    }

    /// <summary>Writes what must be known after a restart, where it has changed; it is on disk when this returns.</summary>
    /// <exception cref="IOException">It can't be written; what was written before stands.</exception>
    public void Write(T what)
    {
        if (path is null) return;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(what, form);
        var hash = SHA256.HashData(bytes);
        if (hash.AsSpan().SequenceEqual(written)) return;
        var beside = path + ".saving";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        written = []; // what is on disk is not known until the folder is flushed
        File.Move(beside, path, overwrite: true);
        DiskFlush.Folder(Path.GetDirectoryName(path)!);
        written = hash;
    }
}
