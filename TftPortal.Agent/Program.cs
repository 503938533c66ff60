using System.Runtime.InteropServices;
using TftPortal.Agent.Readings;

namespace TftPortal.Agent;

// A class in a namespace and not top-level statements: tests see this assembly's internals, and `Program` there is the portal's.
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);

        var agent = new AgentProgram(Console.Out, Console.Error, Environment.GetEnvironmentVariable, TimeProvider.System, new HostReader(TimeProvider.System));
        return await agent.RunAsync(args, stop.Token);

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true; // the agent ends by itself, once it has said farewell to the portal
            stop.Cancel();
        }
    }
}
