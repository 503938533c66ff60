using System.Security.Cryptography;
using System.Text;
using TftPortal.Settings;

namespace TftPortal.Access.ApiKeys;

/// <summary>The secret outside the database that keys are digested with: a stolen database alone neither tells a key nor lets one be tried out.</summary>
internal sealed class Pepper
{
    private const int Size = 32;
    private readonly byte[] bytes;

    private Pepper(byte[] bytes) => this.bytes = bytes;

    /// <summary>Tells this pepper from another without telling anything about it.</summary>
    public string Mark => Convert.ToHexStringLower(HMACSHA256.HashData(bytes, "tft pepper mark"u8));

    /// <summary>Opens the pepper's file, or makes one.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mayCreate">Whether one may be made: not where keys were already made with another.</param>
    /// <exception cref="WrongSettingException">There is none and none may be made, it is damaged, or it can't be read.</exception>
    public static Pepper Open(string file, bool mayCreate)
    {
        try
        {
            if (!File.Exists(file))
            {
                if (!mayCreate) throw new WrongSettingException($"Keys:PepperFile {file} is missing, and without it no key that was made works. Bring it back from a copy, or remove the database and make new keys.");
                Create(file);
            }

            CloseToOthers(file);
            var text = File.ReadAllText(file).Trim();
            var read = new byte[Size];
            if (!Convert.TryFromBase64String(text, read, out var length) || length != Size) throw new WrongSettingException($"Keys:PepperFile {file} is damaged: it is not {Size} bytes in base 64. Bring it back from a copy.");
            return new(read);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new WrongSettingException($"Keys:PepperFile {file} can't be used: {fault.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Digests a key.</summary>
    /// <param name="key">The key, at most 256 characters.</param>
    /// <param name="digest">32 bytes.</param>
    public void Digest(ReadOnlySpan<char> key, Span<byte> digest)
    {
        Span<byte> utf8 = stackalloc byte[768];
        HMACSHA256.HashData(bytes, utf8[..Encoding.UTF8.GetBytes(key, utf8)], digest);
    }

    // Written beside and moved into place, so that the command and the portal, started at once, both read the same whole file.
    private static void Create(string file)
    {
        var beside = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(beside, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Size))));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(beside, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(beside); // another was first: its is used
        }
    }

    private static void CloseToOthers(string file)
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        var mode = File.GetUnixFileMode(file);
        if ((mode & others) != UnixFileMode.None) throw new WrongSettingException($"Keys:PepperFile {file} is open to others (mode {Convert.ToString((int)mode, 8)}); allowed is 600. Close it, and rotate the keys if somebody may have read it.");
    }
}
