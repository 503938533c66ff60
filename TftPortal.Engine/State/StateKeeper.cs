using System.Threading.Channels;

namespace TftPortal.Engine.State;

/// <summary>The door to the state on disk, for whoever is not the engine: how it is, save it now, and the files that were set aside. Safe for several threads.</summary>
public sealed class StateKeeper
{
    private readonly Channel<TaskCompletionSource<SavedGeneration>> wanted = Channel.CreateUnbounded<TaskCompletionSource<SavedGeneration>>();
    private readonly Dictionary<StateMatter, StateTrouble> troubles = [];
    private readonly string folder;
    private StateReport report;

    /// <summary>A keeper of a folder; tests of pages give it the report to show.</summary>
    internal StateKeeper(string folder, StateReport first) => (this.folder, report) = (folder, first);

    /// <summary>How the state is now.</summary>
    public StateReport Report => Volatile.Read(ref report);

    /// <summary>Has the state saved now; requests made while a save is about to begin share it.</summary>
    /// <param name="stop">Ends the wait, not the save.</param>
    /// <returns>The new generation, once it is on disk.</returns>
    /// <exception cref="StateNotSavedException">It could not be written; the message says why. The journal holds everything.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up, or the engine stops.</exception>
    public async Task<SavedGeneration> SaveNow(CancellationToken stop = default)
    {
        var done = new TaskCompletionSource<SavedGeneration>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!wanted.Writer.TryWrite(done)) throw new OperationCanceledException("The engine has stopped; it saved the state as it did.");
        return await done.Task.WaitAsync(stop);
    }

    /// <summary>Opens a file that was set aside, for a download.</summary>
    /// <exception cref="FileNotFoundException">The report names no such file, or it is gone.</exception>
    public Stream OpenRead(SetAsideFile setAside) => new FileStream(PathOf(setAside), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 81_920, useAsync: true);

    /// <summary>Deletes a file that was set aside; it is gone from the report at once.</summary>
    /// <exception cref="FileNotFoundException">The report names no such file.</exception>
    /// <exception cref="IOException">It can't be deleted.</exception>
    public void Delete(SetAsideFile setAside)
    {
        File.Delete(PathOf(setAside));
        Change(now => now with { SetAside = now.SetAside.RemoveAll(file => file.File == setAside.File) });
    }

    internal ChannelReader<TaskCompletionSource<SavedGeneration>> Wanted => wanted.Reader;

    /// <summary>No more saves on demand: those still waiting are cancelled by the loop.</summary>
    internal void Close() => wanted.Writer.TryComplete();

    /// <summary>Says what is wrong, or with null that it no longer is; of several things the worst shows.</summary>
    internal void Tell(StateMatter matter, StateTrouble? trouble)
    {
        lock (troubles)
        {
            if (trouble is null) troubles.Remove(matter);
            else troubles[matter] = trouble;
            var worst = troubles.Values.MaxBy(told => told.Health);
            Change(now => now with { Health = worst?.Health ?? StateHealth.Good, Message = worst?.Message ?? "" });
        }
    }

    internal void Change(Func<StateReport, StateReport> change)
    {
        StateReport before, after;
        do
        {
            before = Volatile.Read(ref report);
            after = change(before);
        }
        while (Interlocked.CompareExchange(ref report, after, before) != before);
    }

    // Only names that the report lists: a caller's text never becomes a path.
    private string PathOf(SetAsideFile setAside) =>
        Report.SetAside.Any(file => file.File == setAside.File)
            ? Path.Combine(folder, setAside.File)
            : throw new FileNotFoundException($"No file {setAside.File} was set aside.", setAside.File);
}

/// <summary>The state could not be saved; its message says why, for an operator.</summary>
/// <param name="message">Why.</param>
/// <param name="cause">What was caught.</param>
public sealed class StateNotSavedException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>What a trouble is about.</summary>
internal enum StateMatter { Start, Pickle, Saving, Journal, Healed }

/// <summary>What is wrong.</summary>
/// <param name="Health">How bad.</param>
/// <param name="Message">In a sentence.</param>
internal sealed record StateTrouble(StateHealth Health, string Message);
