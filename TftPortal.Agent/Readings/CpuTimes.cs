namespace TftPortal.Agent.Readings;

/// <summary>
/// The CPU's shares between two readings, from the first line of <c>/proc/stat</c>. User includes nice (and guests, which the kernel counts there);
/// sys includes hardware and software interrupts. Time that the hypervisor stole is part of the whole but of none of the four:
/// the host did not spend it in its kernel, and 100 − idle still shows that it was not free.
/// </summary>
/// <param name="root">The folder that <c>proc</c> lies in.</param>
internal sealed class CpuTimes(string root) : IHostSource
{
    /// <summary>The kernel lets idle and iowait slip back a little (proc(5), iowait): up to 3 s of 100 ticks is no restart of the counters.</summary>
    private const ulong SlipTicks = 300;

    private Ticks? last;

    public string Name => "/proc/stat";

    public void Read(HostReading reading)
    {
        var now = ReadTicks();
        var before = last;
        last = now;
        if (before is null || now.HasRestartedSince(before)) return;

        var user = now.User - before.User;
        var sys = now.Sys - before.Sys;
        var steal = now.Steal - before.Steal;
        var iowait = Grown(before.Iowait, now.Iowait);
        var idle = Grown(before.Idle, now.Idle);
        double total = user + sys + steal + iowait + idle;
        if (total == 0) return;

        reading.Set(HostMetric.CpuUser, user / total * 100);
        reading.Set(HostMetric.CpuSys, sys / total * 100);
        reading.Set(HostMetric.CpuIowait, iowait / total * 100);
        reading.Set(HostMetric.CpuIdle, idle / total * 100);
    }

    private static ulong Grown(ulong before, ulong now) => now > before ? now - before : 0;

    private Ticks ReadTicks()
    {
        using var lines = new ProcLines(Path.Combine(root, "proc/stat"));
        var fields = new ProcFields(lines.First());
        if (!fields.Next().SequenceEqual("cpu"u8)) throw new FormatException("/proc/stat does not begin with the sum of all CPUs.");
        var user = fields.NextCounter() + fields.NextCounter(); // user, nice
        var sys = fields.NextCounter();
        var idle = fields.NextCounter();
        var iowait = fields.NextCounter();
        sys += fields.NextCounter() + fields.NextCounter(); // irq, softirq
        var steal = fields.NextCounter();
        return new(user, sys, idle, iowait, steal);
    }

    private sealed record Ticks(ulong User, ulong Sys, ulong Idle, ulong Iowait, ulong Steal)
    {
        public bool HasRestartedSince(Ticks before) =>
            User < before.User || Sys < before.Sys || Steal < before.Steal || Idle + SlipTicks < before.Idle || Iowait + SlipTicks < before.Iowait;
    }
}
