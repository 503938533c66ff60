using System.Reflection;
using TftPortal.Agent.Posting;
using TftPortal.Agent.Readings;

namespace TftPortal.Agent;

/// <summary>The agent from its arguments to its exit code: 0 well, 1 nothing delivered, 2 wrong arguments.</summary>
/// <param name="output">Standard output: help, version.</param>
/// <param name="errors">Standard error: the log, wrong arguments.</param>
/// <param name="environment">Reads an environment variable.</param>
/// <param name="clock">The time.</param>
/// <param name="reader">Reads the host.</param>
internal sealed class AgentProgram(TextWriter output, TextWriter errors, Func<string, string?> environment, TimeProvider clock, HostReader reader)
{
    /// <summary>How long the last delivery may take after SIGTERM; systemd waits 90 s, Docker 10.</summary>
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromSeconds(5);

    private readonly AgentLog log = new(errors, clock);

    /// <summary>The agent's version, for example <c>0.1.0</c>.</summary>
    public static string Version { get; } = typeof(AgentProgram).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>Runs the agent.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="stop">Asks it to end.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        if (arguments.Contains("--help") || arguments.Contains("-h")) return Say(AgentArguments.Help);
        if (arguments.Contains("--version")) return Say($"tft-agent {Version}");
        try
        {
            var settings = AgentArguments.Parse(arguments, environment);
            if (!HostReader.IsSupported)
            {
                errors.WriteLine("tft-agent reads Linux hosts only.");
                return 1;
            }

            return await RunAsync(settings, stop);
        }
        catch (WrongArgumentException wrong)
        {
            errors.WriteLine($"tft-agent: {wrong.Message}");
            return 2;
        }
    }

    private async Task<int> RunAsync(AgentSettings settings, CancellationToken stop)
    {
        log.Info($"tft-agent {Version} feeds {settings.Url} as {settings.Name} every {settings.Interval.TotalSeconds} s.");
        if (settings.IsKeyVisible) log.Warning("The key was given as an argument, where every user of this host can see it; TFT_API_KEY hides it.");
        if (settings.Key is not null && settings.Url.Scheme == Uri.UriSchemeHttp && !settings.Url.IsLoopback) log.Warning("The key travels in clear: use https.");

        using var client = new FeedClient(settings, clock);
        var buffer = new ReadingBuffer(settings.BufferCapacity);
        var delivery = new Delivery(buffer, client, new BackOff(Seed(settings.Name)), log, clock);
        var rounds = new ReadingRounds(reader, buffer, log, clock, settings.Interval);
        return settings.IsOnce ? await PostOnceAsync(rounds, buffer, delivery, stop) : await KeepPostingAsync(rounds, buffer, delivery, stop);
    }

    private async Task<int> PostOnceAsync(ReadingRounds rounds, ReadingBuffer buffer, Delivery delivery, CancellationToken stop)
    {
        try
        {
            var reading = await rounds.TakeAsync(stop);
            if (buffer.Count == 0 || !await delivery.FlushAsync(stop)) return 1;
            log.Info($"Posted {reading.Count} metrics.");
            return delivery.HasRefusals ? 1 : 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 1;
        }
    }

    private async Task<int> KeepPostingAsync(ReadingRounds rounds, ReadingBuffer buffer, Delivery delivery, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var abort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var farewell = end.Token.UnsafeRegister(_ => abort.CancelAfter(FarewellTimeout), null);
        var reading = rounds.RunAsync(end.Token);
        var delivering = delivery.RunAsync(end.Token, abort.Token);

        // Neither ends before it is asked to. Should one ever fail, the other must not go on alone as if nothing had happened.
        await Task.WhenAny(reading, delivering);
        await end.CancelAsync();
        await EndOf(reading);
        await EndOf(delivering);

        await SayFarewellAsync(buffer, delivery, abort.Token);
        return 0;
    }

    /// <summary>Waits for a task that was asked to end; any other end of it is thrown.</summary>
    private static async Task EndOf(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // as asked
        }
    }

    private async Task SayFarewellAsync(ReadingBuffer buffer, Delivery delivery, CancellationToken abort)
    {
        try
        {
            await delivery.FlushAsync(abort);
        }
        catch (OperationCanceledException)
        {
            // Said below: whatever still waits is lost.
        }

        log.Info(buffer.Count == 0 ? "Stopped; every reading was delivered." : $"Stopped; {buffer.Count} readings were not delivered and are lost.");
    }

    private int Say(string text)
    {
        output.WriteLine(text);
        return 0;
    }

    /// <summary>The same for a host every time, and different from host to host: FNV-1a of its name.</summary>
    private static int Seed(string name) => unchecked((int)name.Aggregate(2166136261u, (hash, character) => (hash ^ character) * 16777619));
}
