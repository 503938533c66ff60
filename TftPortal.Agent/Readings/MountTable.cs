using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TftPortal.Agent.Readings;

/// <summary>
/// Tells which mounted file systems can fill up and are this host's own: on a disk, writable, each device once. Memory (tmpfs), the kernel's own (proc, cgroup),
/// read-only images (squashfs, a snap is always 100 % full) and network shares (a dead NFS server would hang the reading) are left out.
/// A container's root is an overlay, and counts as the only one that it has; other overlays repeat the disk below them.
/// </summary>
internal static partial class MountTable
{
    /// <summary>File systems on disks. A list of what is known to be one, since new pseudo file systems come with every kernel.</summary>
    private static readonly FrozenSet<string> OnDisk = FrozenSet.Create(
        StringComparer.Ordinal,
        "bcachefs", "btrfs", "exfat", "ext2", "ext3", "ext4", "f2fs", "fuseblk", "hfsplus", "jfs", "msdos", "nilfs2", "ntfs", "ntfs3", "ocfs2", "reiserfs", "ubifs", "vfat", "xfs", "zfs");

    /// <summary>The mount points of the file systems that count, in the table's order.</summary>
    public static IReadOnlyList<string> LocalFileSystems(string path)
    {
        var devices = new HashSet<string>(StringComparer.Ordinal);
        var found = new List<string>();
        using var lines = new ProcLines(path);
        while (lines.TryRead(out var line))
        {
            var fields = new ProcFields(line);
            if (!fields.TryNext(out var source)) continue;
            var device = Encoding.UTF8.GetString(source);
            var mountPoint = Unescape(fields.NextText());
            var type = fields.NextText();
            var options = fields.NextText();
            var counts = OnDisk.Contains(type) || (type == "overlay" && mountPoint == "/");
            if (counts && !IsReadOnly(options) && devices.Add(device)) found.Add(mountPoint);
        }

        return found;
    }

    private static bool IsReadOnly(string options) => options == "ro" || options.StartsWith("ro,", StringComparison.Ordinal);

    /// <summary>The kernel writes blanks, tabs, newlines and backslashes of a path as three octal digits.</summary>
    private static string Unescape(string path) =>
        path.Contains('\\') ? Octal().Replace(path, match => ((char)Convert.ToInt32(match.Value[1..], 8)).ToString(CultureInfo.InvariantCulture)) : path;

    [GeneratedRegex(@"\\[0-3][0-7]{2}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Octal();
}
