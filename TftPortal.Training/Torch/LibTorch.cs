using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace TftPortal.Training.Torch;

/// <summary>
/// Makes TorchSharp's native library load where libstdc++ is older than the one it was built with (Debian 12 has GLIBCXX_3.4.30, it asks for 3.4.32).
/// The only symbol behind that version, ios_base_library_init, is a marker for the linker and has no relocation: marking the requirement weak
/// (VER_FLG_WEAK in the ELF's .gnu.version_r) makes the loader accept it. Done on our own copy, and only where it is needed.
/// </summary>
internal static class LibTorch
{
    private const string Required = "GLIBCXX_3.4.32";
    private const ushort Weak = 2;
    private const int VersionNeeds = 0x6ffffffe;

    /// <summary>Mends the library in the output folder if this machine needs it. Call before the first use of TorchSharp.</summary>
    public static void Prepare()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64) return;
        var library = Find(AppContext.BaseDirectory);
        if (library is null || SystemHasRequired()) return;
        var image = File.ReadAllBytes(library);
        if (!Weaken(image)) return;
        // A new file renamed into place: the old one may be a hard link to the package folder.
        var mended = $"{library}.{Environment.ProcessId}";
        File.WriteAllBytes(mended, image);
        File.Move(mended, library, overwrite: true);
    }

    /// <summary>Marks the requirement weak; false where it is absent or weak already.</summary>
    /// <exception cref="InvalidDataException">The image is not a 64-bit ELF file with version requirements.</exception>
    internal static bool Weaken(Span<byte> image)
    {
        if (image.Length < 64 || !image[..4].SequenceEqual("\u007fELF"u8)) throw new InvalidDataException("Not an ELF file.");
        var sections = (int)BinaryPrimitives.ReadInt64LittleEndian(image[0x28..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(image[0x3c..]);
        for (var section = 0; section < count; section++)
        {
            var header = image[(sections + (64 * section))..];
            if (BinaryPrimitives.ReadInt32LittleEndian(header[4..]) != VersionNeeds) continue;
            var strings = image[(sections + (64 * BinaryPrimitives.ReadInt32LittleEndian(header[40..])))..];
            return WeakenIn(image, (int)BinaryPrimitives.ReadInt64LittleEndian(header[24..]), (int)BinaryPrimitives.ReadInt64LittleEndian(strings[24..]));
        }

        throw new InvalidDataException("The ELF file has no version requirements.");
    }

    private static bool WeakenIn(Span<byte> image, int need, int strings)
    {
        var changed = false;
        while (true)
        {
            var entries = BinaryPrimitives.ReadUInt16LittleEndian(image[(need + 2)..]);
            var entry = need + BinaryPrimitives.ReadInt32LittleEndian(image[(need + 8)..]);
            for (var i = 0; i < entries; i++)
            {
                var name = image[(strings + BinaryPrimitives.ReadInt32LittleEndian(image[(entry + 8)..]))..];
                var flags = BinaryPrimitives.ReadUInt16LittleEndian(image[(entry + 4)..]);
                if ((flags & Weak) == 0 && name[..name.IndexOf((byte)0)].SequenceEqual(Encoding.ASCII.GetBytes(Required)))
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(image[(entry + 4)..], (ushort)(flags | Weak));
                    changed = true;
                }

                entry += BinaryPrimitives.ReadInt32LittleEndian(image[(entry + 12)..]);
            }

            var next = BinaryPrimitives.ReadInt32LittleEndian(image[(need + 12)..]);
            if (next == 0) return changed;
            need += next;
        }
    }

    private static string? Find(string folder)
    {
        foreach (var candidate in (ReadOnlySpan<string>)[Path.Combine(folder, "runtimes", "linux-x64", "native", "libLibTorchSharp.so"), Path.Combine(folder, "libLibTorchSharp.so")])
            if (File.Exists(candidate)) return candidate;
        return null;
    }

    private static bool SystemHasRequired()
    {
        foreach (var folder in (ReadOnlySpan<string>)["/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib"])
        {
            var path = Path.Combine(folder, "libstdc++.so.6");
            if (File.Exists(path)) return File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.ASCII.GetBytes(Required + "\0")) >= 0;
        }

        return true;
    }
}
