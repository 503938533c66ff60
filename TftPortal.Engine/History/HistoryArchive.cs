using System.Collections.Immutable;
using DuckDB.NET.Data;
using Microsoft.Extensions.Logging;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.History;

/// <summary>
/// Answers what was. A question runs on a thread of its own, a few at a time, with bounds on memory and time; a file that turns out damaged is put aside, and the question asked again.
/// Where no <see cref="HistoryPlace"/> is registered nothing was.
/// </summary>
public sealed class HistoryArchive : IDisposable
{
    private const int Tries = 3;

    private readonly HistoryOptions options;
    private readonly StepGrid grid;
    private readonly TimeProvider clock;
    private readonly ILogger<HistoryArchive> logger;
    private readonly HistoryPlace? place;
    private readonly ImmutableArray<HistoryStore> stores;
    private readonly SemaphoreSlim turns, exports;
    private readonly HistoryState state;

    internal HistoryArchive(HistoryPlace? place, HistoryOptions options, StepGrid grid, HistoryState state, TimeProvider clock, ILogger<HistoryArchive> logger)
    {
        (this.place, this.options, this.grid, this.state, this.clock, this.logger) = (place, options, grid, state, clock, logger);
        (turns, exports) = (new(options.Questions), new(options.Questions));
        stores = place is null ? [] : [new(place.Folder, options, clock), new(HistoryFolders.Simulated(place), options, clock)];
    }

    /// <summary>What a server measured.</summary>
    /// <param name="server">Name of the server; one that was never seen has no points.</param>
    /// <param name="range">When.</param>
    /// <param name="metrics">Which metrics; none means all.</param>
    /// <param name="stop">Ends the question.</param>
    /// <exception cref="HistoryUnavailableException">It took too long, or can't be read.</exception>
    public Task<ServerPast> ServerAsync(string server, HistoryRange range, IReadOnlyCollection<Metric> metrics, CancellationToken stop) =>
        AskAsync(tables => ServerQuestion.Ask(tables, server, range, Chosen(metrics)), stop);

    /// <summary>How the fleet was.</summary>
    /// <inheritdoc cref="ServerAsync"/>
    public Task<FleetPast> FleetAsync(HistoryRange range, IReadOnlyCollection<Metric> metrics, CancellationToken stop) =>
        AskAsync(tables => FleetQuestion.Ask(tables, range, Chosen(metrics)), stop);

    /// <summary>What happened to the fleet, and how right its alerts were.</summary>
    /// <inheritdoc cref="ServerAsync"/>
    public Task<FleetReport> ReportAsync(HistoryRange range, CancellationToken stop) => AskAsync(tables => ReportQuestion.Ask(tables, range, clock.GetUtcNow()), stop);

    /// <summary>Which alerts there were.</summary>
    /// <inheritdoc cref="ServerAsync"/>
    public Task<AlertPast> AlertsAsync(AlertQuestion question, CancellationToken stop) => AskAsync(tables => AlertsQuestion.Ask(tables, question), stop);

    /// <summary>Which servers sent something.</summary>
    /// <inheritdoc cref="ServerAsync"/>
    internal Task<ImmutableArray<SeenServer>> SeenAsync(HistoryRange range, CancellationToken stop) => AskAsync(tables => StepsQuestion.Servers(tables, range), stop);

    /// <summary>What some servers measured, step by step: each step is one reading at its start, and the steps are in their order.</summary>
    /// <inheritdoc cref="ServerAsync"/>
    internal Task<ReadingBatch> StepsAsync(HistoryRange range, IReadOnlyCollection<string> servers, CancellationToken stop) => AskAsync(tables => StepsQuestion.Ask(tables, range, servers), stop);

    /// <summary>Writes a table, or a server's part of it, to a stream as it is read.</summary>
    /// <param name="export">What.</param>
    /// <param name="output">Where to.</param>
    /// <param name="stop">Ends it.</param>
    /// <inheritdoc cref="ServerAsync"/>
    public async Task ExportAsync(HistoryExport export, Stream output, CancellationToken stop)
    {
        if (place is null) return;
        await exports.WaitAsync(stop); // held until the last byte is sent: each has a file on disk
        try
        {
            await foreach (var file in export.FilesAsync(place, work => RunAsync(work, stop)).WithCancellation(stop))
            {
                await using var piece = File.OpenRead(file);
                await piece.CopyToAsync(output, stop);
            }
        }
        finally
        {
            exports.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        turns.Dispose();
        exports.Dispose();
    }

    private static ImmutableArray<MetricDefinition> Chosen(IReadOnlyCollection<Metric> metrics) => metrics.Count == 0 ? MetricCatalog.All : [.. MetricCatalog.All.Where(metric => metrics.Contains(metric.Metric))];

    private Task<T> RunAsync<T>(Func<HistoryTables, T> ask, CancellationToken stop) => Task.Factory.StartNew(() => Ask(ask, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private async Task<T> AskAsync<T>(Func<HistoryTables, T> ask, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.DeadlineSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        var token = either.Token;
        try
        {
            await turns.WaitAsync(token);
            try
            {
                return await RunAsync(ask, token);
            }
            finally
            {
                turns.Release();
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new HistoryUnavailableException(FormattableString.Invariant($"The question took longer than {options.DeadlineSeconds} seconds (History:DeadlineSeconds). Ask for a shorter range, or for fewer metrics."));
        }
    }

    private T Ask<T>(Func<HistoryTables, T> ask, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var duck = new Duck(place?.Folder ?? Path.GetTempPath(), options.MemoryMegabytes, options.Threads);
                return ask(new(stores, duck, grid, stop));
            }
            catch (DuckDBException fault) when (attempt < Tries && !stop.IsCancellationRequested && !fault.Message.StartsWith("Out of Memory", StringComparison.Ordinal))
            {
                // A file that was made into another one meanwhile is not there any more: asking again finds the other.
                Log.AsksAgain(logger, fault.Message.ReplaceLineEndings(" "));
                if (attempt > 1 && stores.Sum(store => DamagedHistory.SetAside(store, clock, logger, stop)) > 0) state.Disturb();
            }
            catch (Exception fault) when (fault is DuckDBException or IOException or UnauthorizedAccessException)
            {
                throw new HistoryUnavailableException($"The history can't be read: {fault.Message.ReplaceLineEndings(" ").TrimEnd('.')}.", fault);
            }
        }
    }
}

/// <summary>A question about the past was not answered; the message says why, and what to do.</summary>
public sealed class HistoryUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

internal static partial class Log
{
    [LoggerMessage(43, LogLevel.Information, "A question about the past is asked again: {Reason}")]
    public static partial void AsksAgain(ILogger logger, string reason);
}
