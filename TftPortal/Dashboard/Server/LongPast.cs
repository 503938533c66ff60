using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;

namespace TftPortal.Dashboard.Server;

/// <summary>What the history knows of a server before its window began. A page asks once for what it shows, and again when its first point has passed.</summary>
internal sealed class LongPast(HistoryArchive archive) : IDisposable
{
    private static readonly TimeSpan WindowHas = TimeSpan.FromDays(1); // what every window that was up for so long holds: shorter pasts never wait for a disk

    private readonly CancellationTokenSource left = new();
    private (string Server, DateTimeOffset From, TimeSpan Length) asked;
    private ServerPast? found;

    /// <summary>Why it can't be told; null where nothing is wrong.</summary>
    public string? Fault { get; private set; }

    /// <summary>What was found for this, if it was asked for.</summary>
    public ServerPast? Of(string server, TimeSpan length) => asked.Server == server && asked.Length == length ? found : null;

    /// <summary>Asks, where the window does not reach so far and nobody asked yet.</summary>
    /// <param name="server">The server.</param>
    /// <param name="grid">The time grid.</param>
    /// <param name="endStep">One past the last step of the past that is shown.</param>
    /// <param name="length">How far back.</param>
    /// <returns>Whether there is something new to show.</returns>
    public async Task<bool> AskAsync(ServerSnapshot server, StepGrid grid, long endStep, TimeSpan length)
    {
        var end = grid.StartOf(endStep);
        var points = Charts.PastPoints.Of(server.History, grid, endStep, length);
        var question = (server.Name, DateTimeOffset.FromUnixTimeMilliseconds(points.FirstMilliseconds), length);
        if (length <= WindowHas || !points.BeginsBefore(server.History)) return Forget();
        if (question == asked) return false;
        if (question.Name != asked.Server || length != asked.Length) found = null;
        (asked, Fault) = (question, null);
        try
        {
            var past = await archive.ServerAsync(server.Name, new(end - length, end), [], left.Token);
            if (question != asked) return false; // something else was asked for meanwhile
            found = past;
        }
        catch (HistoryUnavailableException failed)
        {
            if (question != asked) return false;
            Fault = failed.Message;
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            return false;
        }

        return true;
    }

    /// <summary>Has the next question asked even if it was.</summary>
    public void Retry() => asked = default;

    /// <inheritdoc />
    public void Dispose()
    {
        left.Cancel();
        left.Dispose();
    }

    private bool Forget()
    {
        var hadFault = Fault is not null;
        (asked, found, Fault) = (default, null, null);
        return hadFault;
    }
}
