using System.Buffers.Binary;
using System.Text;
using TftPortal.Training.Torch;

namespace TftPortal.Tests.Training;

/// <summary>The mending of TorchSharp's library, on made files: one requirement becomes weak, and nothing else changes.</summary>
public sealed class LibTorchTests
{
    private const int Strings = 64, Needs = 192, Sections = 320;

    [Fact]
    public void The_one_requirement_becomes_weak_and_no_other_byte_changes()
    {
        var image = Elf(("libm.so.6", ["GLIBC_2.29"]), ("libstdc++.so.6", ["GLIBCXX_3.4.30", "GLIBCXX_3.4.32"]));
        var original = image.ToArray();

        Assert.True(LibTorch.Weaken(image));
        var changed = Assert.Single(Enumerable.Range(0, image.Length), at => image[at] != original[at]);
        Assert.Equal((0, 2), (original[changed], image[changed])); // VER_FLG_WEAK
        Assert.Equal(FlagsOf(image, "GLIBCXX_3.4.32"), changed);
    }

    [Fact]
    public void Mending_twice_is_mending_once()
    {
        var image = Elf(("libstdc++.so.6", ["GLIBCXX_3.4.32"]));
        LibTorch.Weaken(image);
        var mended = image.ToArray();

        Assert.False(LibTorch.Weaken(image));
        Assert.Equal(mended, image);
    }

    [Fact]
    public void A_library_that_asks_for_less_is_left_alone()
    {
        var image = Elf(("libstdc++.so.6", ["GLIBCXX_3.4.3", "GLIBCXX_3.4.30", "GLIBCXX_3.4.321"]));
        var original = image.ToArray();

        Assert.False(LibTorch.Weaken(image));
        Assert.Equal(original, image);
    }

    [Fact]
    public void What_is_no_such_library_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => LibTorch.Weaken(Encoding.ASCII.GetBytes("MZ, a program of another system, and long enough to hold the header of an ELF file.")));
        Assert.Throws<InvalidDataException>(() => LibTorch.Weaken(new byte[10]));
        var without = Elf(("libstdc++.so.6", ["GLIBCXX_3.4.32"]));
        BinaryPrimitives.WriteInt32LittleEndian(without.AsSpan(Sections + (2 * 64) + 4), 1); // its section of requirements is something else
        Assert.Throws<InvalidDataException>(() => LibTorch.Weaken(without));
    }

    /// <summary>A 64-bit ELF file with three sections: none, the strings, and .gnu.version_r.</summary>
    private static byte[] Elf(params (string File, string[] Versions)[] libraries)
    {
        var image = new byte[Sections + (3 * 64)];
        "\u007fELF"u8.CopyTo(image);
        Write64(0x28, Sections);
        Write16(0x3c, 3);
        Write32(Sections + 64 + 4, 3); // SHT_STRTAB
        Write64(Sections + 64 + 24, Strings);
        Write32(Sections + 128 + 4, 0x6ffffffe); // SHT_GNU_verneed
        Write64(Sections + 128 + 24, Needs);
        Write32(Sections + 128 + 40, 1); // its strings are section 1

        var (text, at) = (1, Needs);
        for (var library = 0; library < libraries.Length; library++)
        {
            var (file, versions) = libraries[library];
            Write16(at, 1);
            Write16(at + 2, versions.Length);
            Write32(at + 4, Text(file));
            Write32(at + 8, 16); // its first version follows at once
            Write32(at + 12, library == libraries.Length - 1 ? 0 : 16 + (16 * versions.Length));
            at += 16;
            for (var version = 0; version < versions.Length; version++, at += 16)
            {
                Write32(at + 8, Text(versions[version]));
                Write32(at + 12, version == versions.Length - 1 ? 0 : 16);
            }
        }

        Assert.True(at <= Sections && Strings + text <= Needs);
        return image;

        int Text(string value)
        {
            var place = text;
            text += Encoding.ASCII.GetBytes(value, image.AsSpan(Strings + text)) + 1;
            return place;
        }

        void Write16(int offset, int value) => BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(offset), (ushort)value);
        void Write32(int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(offset), value);
        void Write64(int offset, long value) => BinaryPrimitives.WriteInt64LittleEndian(image.AsSpan(offset), value);
    }

    /// <summary>Where the flags of a version's entry are.</summary>
    private static int FlagsOf(byte[] image, string version)
    {
        var name = image.AsSpan(Strings).IndexOf(Encoding.ASCII.GetBytes(version + "\0"));
        for (var entry = Needs; entry < Sections; entry += 16)
        {
            if (BinaryPrimitives.ReadInt32LittleEndian(image.AsSpan(entry + 8)) == name) return entry + 4;
        }

        return -1;
    }
}
