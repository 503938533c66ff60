using System.IO.Compression;

namespace TftPortal.Api.Forecasts;

/// <summary>One answer, whole or narrowed: its pieces, and its compressed forms, each made once, when first asked for.</summary>
internal sealed class PredictionsView
{
    private const long LargeBytes = 16 << 20; // beyond it compression is made quick rather than thorough

    private readonly IReadOnlyList<ReadOnlyMemory<byte>> pieces;
    private readonly string tag;
    private readonly Lazy<Task<ReadOnlyMemory<byte>>> gzip;
    private readonly Lazy<Task<ReadOnlyMemory<byte>>> brotli;

    /// <param name="pieces">The answer, in order.</param>
    /// <param name="tag">Tells this answer from every other, those of earlier runs included.</param>
    public PredictionsView(IReadOnlyList<ReadOnlyMemory<byte>> pieces, string tag)
    {
        this.pieces = pieces;
        this.tag = tag;
        Length = pieces.Sum(piece => (long)piece.Length);
        gzip = new(() => Task.Run(() => Compress(to => new GZipStream(to, Level, leaveOpen: true))));
        brotli = new(() => Task.Run(() => Compress(to => new BrotliStream(to, Level, leaveOpen: true))));
    }

    /// <summary>Length of the answer as it is, bytes.</summary>
    public long Length { get; }

    private CompressionLevel Level => Length > LargeBytes ? CompressionLevel.Fastest : CompressionLevel.Optimal;

    /// <summary>The strong entity tag of one representation: other bytes, other tag.</summary>
    public string ETag(ContentCoding coding) => $"\"{tag}-{Encodings.Name(coding) ?? "id"}\"";

    /// <summary>The bytes of one representation, in order.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> BytesAsync(ContentCoding coding) => coding switch
    {
        ContentCoding.Gzip => [await gzip.Value],
        ContentCoding.Brotli => [await brotli.Value],
        _ => pieces,
    };

    private ReadOnlyMemory<byte> Compress(Func<Stream, Stream> compressor)
    {
        using var compressed = new MemoryStream();
        using (var stream = compressor(compressed))
        {
            foreach (var piece in pieces) stream.Write(piece.Span);
        }

        return compressed.ToArray();
    }
}
