using System.IO.Compression;
using System.Text;

namespace TftPortal.Tests.Training;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class AFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tft-series-");

    public string this[string file] => System.IO.Path.Combine(folder.FullName, file);

    public string Path => folder.FullName;

    /// <summary>Writes lines; gzipped where the name ends in .gz.</summary>
    public string Write(string file, params IEnumerable<string> lines)
    {
        using var written = File.Create(this[file]);
        using Stream stream = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(written, CompressionLevel.Fastest) : written;
        stream.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        return this[file];
    }

    public void Dispose() => folder.Delete(recursive: true);
}
