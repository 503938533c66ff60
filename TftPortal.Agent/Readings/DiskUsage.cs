namespace TftPortal.Agent.Readings;

/// <summary>Room on a file system, bytes.</summary>
/// <param name="Total">Its size.</param>
/// <param name="Free">Free, what is kept for root included.</param>
/// <param name="Available">Free for a user.</param>
internal readonly record struct DiskSpace(long Total, long Free, long Available)
{
    /// <summary>Percent in use as <c>df</c> counts it, used / (used + available); NaN where there is no room at all.</summary>
    public double UsedPercent
    {
        get
        {
            double used = Total - Free;
            return used + Available > 0 ? used / (used + Available) * 100 : double.NaN;
        }
    }

    /// <summary>Asks the system about a mounted file system.</summary>
    public static DiskSpace Of(string mountPoint)
    {
        var drive = new DriveInfo(mountPoint);
        return new(drive.TotalSize, drive.TotalFreeSpace, drive.AvailableFreeSpace);
    }
}

/// <summary>
/// The fullest local file system: the one that fills first is the one that takes the server down, and its name is for <c>df</c> to tell.
/// <see cref="MountTable"/> says which ones count.
/// </summary>
/// <param name="root">The folder that <c>proc</c> lies in.</param>
/// <param name="spaceOf">Asks about the file system at a mount point.</param>
internal sealed class DiskUsage(string root, Func<string, DiskSpace> spaceOf) : IHostSource
{
    public string Name => "/proc/mounts";

    public void Read(HostReading reading)
    {
        var fullest = double.NaN;
        Exception? refusal = null;
        foreach (var mountPoint in MountTable.LocalFileSystems(Path.Combine(root, "proc/mounts")))
        {
            try
            {
                var used = spaceOf(mountPoint).UsedPercent;
                if (double.IsNaN(fullest) || used > fullest) fullest = used;
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                refusal = refused; // one that may not be asked (a container's, a user's) hides none of the others
            }
        }

        if (double.IsNaN(fullest) && refusal is not null) throw new IOException(refusal.Message, refusal);
        reading.Set(HostMetric.DiskUsage, fullest);
    }
}
