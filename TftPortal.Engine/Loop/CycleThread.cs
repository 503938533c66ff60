namespace TftPortal.Engine.Loop;

/// <summary>
/// Runs a forecast cycle on a thread of its own. It keeps a core busy for a second or more, and the pool has at first only as many threads as the machine has cores:
/// on a small one a cycle in the pool would leave the requests waiting for a thread.
/// </summary>
internal static class CycleThread
{
    /// <summary>Starts it.</summary>
    /// <param name="cycle">What to run.</param>
    /// <returns>Ends as the cycle does.</returns>
    public static Task Run(Action cycle)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(Body) { Name = "tft-forecast", IsBackground = true }.Start();
        return done.Task;

        void Body()
        {
            try
            {
                cycle();
                done.SetResult();
            }
            catch (Exception fault)
            {
                done.SetException(fault); // whoever awaits the task gets it
            }
        }
    }
}
