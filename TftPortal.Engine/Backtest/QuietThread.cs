using System.Runtime.InteropServices;

namespace TftPortal.Engine.Backtest;

/// <summary>A thread that gives way to all others: what nobody waits for must not make a forecast late.</summary>
internal static partial class QuietThread
{
    private const int OfProcess = 0, This = 0, Nice = 10; // setpriority(2): on Linux a thread has a nice value of its own

    /// <summary>Starts it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="work">What it does; it must not throw.</param>
    public static Thread Start(string name, Action work)
    {
        var thread = new Thread(() =>
        {
            // .NET's own priorities do nothing on Linux. Where it is refused the work is done all the same.
            if (OperatingSystem.IsLinux()) _ = SetPriority(OfProcess, This, Nice);
            work();
        }) { Name = name, IsBackground = true, Priority = ThreadPriority.BelowNormal };
        thread.Start();
        return thread;
    }

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    private static partial int SetPriority(int which, int who, int priority);
}
