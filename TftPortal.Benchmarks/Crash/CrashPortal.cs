using System.Diagnostics;
using System.Text.Json;

namespace TftPortal.Benchmarks.Crash;

/// <summary>A portal as a process of its own, made to be killed: no model, no host of its own, one-second steps, so that every reading is a step that can be told.</summary>
internal sealed class CrashPortal : IDisposable
{
    private readonly Process process;
    private readonly HttpClient client;

    private CrashPortal(Process process, Uri address)
    {
        this.process = process;
        client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = address, Timeout = PortalProcess.Patience };
    }

    /// <summary>Starts it over a folder and waits until it listens.</summary>
    /// <param name="program">The portal's dll.</param>
    /// <param name="folder">Its data folder.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <param name="more">Further switches, which go before the usual ones.</param>
    /// <exception cref="InvalidOperationException">It ended before it listened; what it said is in the message.</exception>
    public static async Task<CrashPortal> StartAsync(string program, string folder, CancellationToken stop, params IEnumerable<string> more)
    {
        string[] usual =
        [
            .. PortalProcess.Switches, "--Engine:StepSeconds=1", "--Engine:ForecastSeconds=3600",
            $"--Engine:ModelFolder={Path.Combine(folder, "no-model")}", $"--TFT_DATA_DIR={folder}", "--TFT_API_KEY=", .. more,
        ];
        var start = new ProcessStartInfo("dotnet", [program, .. usual]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = folder };
        start.Environment["DOTNET_TieredPGO"] = "0"; // it lives for a second: nothing is worth instrumenting
        var started = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        try
        {
            return new(started, await AddressOf(started, stop));
        }
        catch
        {
            started.Kill();
            started.Dispose();
            throw;
        }
    }

    /// <summary>Posts a batch.</summary>
    /// <returns>Whether it was acknowledged; false where the portal was killed before it answered, or refused.</returns>
    public async Task<bool> FeedAsync(byte[] body, CancellationToken stop)
    {
        try
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
            using var answer = await client.PostAsync("feed/data", content, stop);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Asks for a save.</summary>
    /// <returns>Whether it ended; false where the portal was killed first.</returns>
    public async Task<bool> SaveAsync(CancellationToken stop)
    {
        try
        {
            using var answer = await client.PostAsync("admin/state/save", content: null, stop);
            answer.EnsureSuccessStatusCode();
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The portal for a client that speaks for itself.</summary>
    public HttpClient Client => client;

    /// <summary>What <c>/status</c> says.</summary>
    public async Task<JsonElement> StatusAsync(CancellationToken stop)
    {
        using var document = JsonDocument.Parse(await client.GetByteArrayAsync("status", stop));
        return document.RootElement.Clone();
    }

    /// <summary><c>kill -9</c>, and waits for its end.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
        client.Dispose();
    }

    private static Task<Uri> AddressOf(Process process, CancellationToken stop)
    {
        List<string> said = [];
        process.ErrorDataReceived += (_, line) => Note(line.Data ?? "");
        process.BeginErrorReadLine();
        return PortalProcess.AddressOfAsync(process, Note, () => $"it said: {Said()}", TimeProvider.System, stop);

        void Note(string line)
        {
            lock (said) said.Add(line);
        }

        string Said()
        {
            lock (said) return string.Join(" | ", said);
        }
    }
}
