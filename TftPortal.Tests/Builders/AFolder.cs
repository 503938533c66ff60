using System.IO.Compression;
using System.Text;

namespace TftPortal.Tests.Builders;

/// <summary>A folder of its own for a test, gone afterwards.</summary>
internal sealed class AFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tft-test-");

    public string Path => folder.FullName;

    public IEnumerable<string> Names => folder.EnumerateFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal);

    /// <summary>Where a file of it lies, or would.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file of these bytes.</summary>
    public string File(string name, ReadOnlySpan<byte> bytes)
    {
        System.IO.File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    /// <summary>Writes lines; gzipped where the name ends in .gz.</summary>
    public string Write(string name, params IEnumerable<string> lines)
    {
        using var written = System.IO.File.Create(this[name]);
        using Stream stream = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(written, CompressionLevel.Fastest) : written;
        stream.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        return this[name];
    }

    public void Dispose() => folder.Delete(recursive: true);
}
