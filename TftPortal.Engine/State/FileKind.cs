using System.Runtime.InteropServices;

namespace TftPortal.Engine.State;

/// <summary>Tells a file from what only has a name like one. To open a pipe waits for whoever writes into it, for ever, and a device has no end: both must be known before they are opened.</summary>
internal static partial class FileKind
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint TypeWanted = 1; // STATX_TYPE
    private const int StatxBytes = 256; // of struct statx, the same on every Linux
    private const int ModeAt = 28; // stx_mode in it
    private const int TypeMask = 0xF000; // S_IFMT

    /// <summary>What stands at a path, in words for a message, where it is no file; null where it is one, a link to one, or where nothing is. Pipes and devices are told on Linux only.</summary>
    public static string? OtherThanFile(string path)
    {
        if (Directory.Exists(path)) return "a folder";
        if (!OperatingSystem.IsLinux() || !File.Exists(path)) return null;
        Span<byte> status = stackalloc byte[StatxBytes];
        if (Statx(CurrentFolder, path, flags: 0, TypeWanted, ref MemoryMarshal.GetReference(status)) != 0) return null; // opening it will say why
        return (MemoryMarshal.Read<ushort>(status[ModeAt..]) & TypeMask) switch
        {
            0x1000 => "a pipe",
            0x2000 or 0x6000 => "a device",
            0xC000 => "a socket",
            _ => null,
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint wanted, ref byte status);
}
