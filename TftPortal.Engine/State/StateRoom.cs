using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TftPortal.Engine.State.Legacy;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.State;

/// <summary>The state on disk, opened: its journal, its generations, and what a start makes of them. Without a place nothing is kept.</summary>
internal sealed class StateRoom : IDisposable
{
    private readonly StateStart? start;
    private readonly string? journalDamage;

    private StateRoom(IFeedJournal journal, StateKeeper keeper, SnapshotStore? store = null, StateStart? start = null, string? journalDamage = null) =>
        (Journal, Keeper, Store, this.start, this.journalDamage) = (journal, keeper, store, start, journalDamage);

    /// <summary>Where batches are written down.</summary>
    public IFeedJournal Journal { get; }
    /// <summary>The door for everybody else.</summary>
    public StateKeeper Keeper { get; }
    /// <summary>Where generations are saved; null where nothing is kept.</summary>
    public SnapshotStore? Store { get; }

    /// <summary>Opens it; without a place there is nothing to open.</summary>
    /// <exception cref="OptionsValidationException">The folder can't be used; one line says why.</exception>
    public static StateRoom Open(StatePlace? place, WindowLimits limits, LegacyReader legacy, TimeProvider clock, ILoggerFactory loggers)
    {
        if (place is null) return new(new NoJournal(), new(folder: "", StateReport.Nothing));
        var paths = new StatePaths(Path.GetFullPath(place.File));
        var journal = StateFolder.Open(paths, clock.GetUtcNow(), out var damage);
        var keeper = new StateKeeper(paths.Folder, StateReport.Nothing with { Journal = journal.Figures });
        var store = new SnapshotStore(paths, journal, keeper, clock, loggers.CreateLogger<SnapshotStore>());
        var takeover = new Takeover(paths, journal, store, new(legacy, clock), new(limits), keeper, clock, loggers.CreateLogger<Takeover>());
        var restoring = new StateStart(paths, journal, store, takeover, new(limits), keeper, limits, clock, loggers.CreateLogger<StateStart>());
        return new(journal, keeper, store, restoring, damage);
    }

    /// <summary>Fills a window, which is still empty, with what is on disk.</summary>
    /// <returns>The journal's last batch that is in it.</returns>
    public async Task<long> RestoreAsync(FleetWindow window)
    {
        if (start is not null) await start.RestoreAsync(window, journalDamage);
        return Journal.Figures.NewestSequence;
    }

    /// <inheritdoc/>
    public void Dispose() => Journal.Dispose();
}
