namespace TftPortal.Agent.Readings;

/// <summary>The lines of a file of the kernel, as bytes through one fixed buffer: <c>/proc/net/tcp</c> of a busy host has a hundred thousand of them.</summary>
internal sealed class ProcLines : IDisposable
{
    private const int LongestLine = 64 * 1024;

    private readonly FileStream file;
    private readonly string path;
    private readonly byte[] buffer = new byte[LongestLine];
    private int start;
    private int end;
    private bool isAtEnd;

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">It does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public ProcLines(string path)
    {
        this.path = path;
        // ReadWrite: .NET locks a file that it opens for itself, and these are nobody's to lock. Size 0: the buffer is ours.
        file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    /// <summary>The next line without its end; it is valid until the next call.</summary>
    /// <exception cref="FormatException">The line is longer than 64 KiB.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            var rest = buffer.AsSpan(start, end - start);
            var length = rest.IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = rest[..length];
                start += length + 1;
                return true;
            }

            if (isAtEnd)
            {
                line = rest;
                start = end;
                return !line.IsEmpty;
            }

            Fill();
        }
    }

    /// <summary>The first line of a file.</summary>
    /// <exception cref="FormatException">The file is empty.</exception>
    public ReadOnlySpan<byte> First() => TryRead(out var line) ? line : throw new FormatException($"{path} is empty.");

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private void Fill()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        start = 0;
        if (end == buffer.Length) throw new FormatException($"{path} has a line of more than {LongestLine} bytes.");
        var read = file.Read(buffer, end, buffer.Length - end);
        isAtEnd = read == 0;
        end += read;
    }
}
