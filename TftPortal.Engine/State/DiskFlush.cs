using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TftPortal.Engine.State;

/// <summary>Makes a renaming last: a file's new name is in its folder, and that must reach the disk too.</summary>
internal static partial class DiskFlush
{
    private const int ReadOnlyCloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC

    /// <summary>Flushes a folder to disk. .NET refuses to open a folder, so open(2) does; Windows has no such thing and needs none.</summary>
    /// <exception cref="IOException">The folder can't be opened or flushed.</exception>
    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(path, OperatingSystem.IsLinux() ? ReadOnlyCloseOnExec : 0);
        if (descriptor < 0) throw new IOException($"The folder {path} can't be opened to flush it: {Marshal.GetLastPInvokeErrorMessage()}.");
        using var folder = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.FlushToDisk(folder);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
