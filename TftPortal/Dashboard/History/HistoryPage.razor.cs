using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using TftPortal.Dashboard.Charts;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;
using TftPortal.Engine.Publishing;

namespace TftPortal.Dashboard.History;

/// <summary>What was: of the fleet, or of a server. It is asked when the address changes, which carries the whole question.</summary>
public sealed partial class HistoryPage : IDisposable
{
    private readonly CancellationTokenSource left = new();
    private CancellationTokenSource? asking;
    private HistoryAsk ask = HistoryAsk.Day;
    private FleetReport? report;
    private ImmutableArray<FanChartData> charts = [];
    private AlertPast alerts = new(0, []);
    private ImmutableArray<string> names = [];
    private TimeSpan bucket;
    private string note = "";
    private string? fault;
    private int asked;

    [SupplyParameterFromQuery(Name = "range")]
    private string? Range { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "server")]
    private string? Server { get; set; }

    [SupplyParameterFromQuery(Name = "skip")]
    private int? Skip { get; set; }

    [Inject]
    private HistoryArchive Archive { get; set; } = null!;

    [Inject]
    private IOptions<HistoryOptions> Options { get; set; } = null!;

    [Inject]
    private OutlookFeed Feed { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string Nothing => ask.Server is null ? "Nothing is recorded of this time." : $"Nothing is recorded of “{ask.Server}” in this time.";

    /// <inheritdoc />
    public void Dispose()
    {
        left.Cancel();
        left.Dispose();
        asking?.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        ask = new(Range, From, To, Server, Math.Max(0, Skip ?? 0));
        names = [.. Feed.Latest.ByName.Keys.Order(StringComparer.Ordinal).Take(HistoryAsk.MostNames)];
        // The first, static rendering is thrown away, and must not wait for an answer.
        if (RendererInfo.IsInteractive) await ReadAsync();
    }

    private async Task ReadAsync()
    {
        var number = ++asked;
        await (asking?.CancelAsync() ?? Task.CompletedTask); // nobody waits for the question before
        asking?.Dispose();
        asking = CancellationTokenSource.CreateLinkedTokenSource(left.Token);
        var stop = asking.Token;
        var range = HistoryRange.Read(ask.Range, ask.From, ask.To, Clock.GetUtcNow(), TimeSpan.FromDays(Options.Value.HourlyDays), out var wrong);
        fault = wrong is null ? null : $"“{wrong.Value}” can't be asked for; {wrong.Field} must be {wrong.Allowed}.";
        if (range is null) return;
        note = "Asking…";
        StateHasChanged();
        var started = Clock.GetTimestamp();
        try
        {
            var told = await Archive.ReportAsync(range, stop);
            var found = await Archive.AlertsAsync(new(range, ask.Server, Skip: ask.Skip, Take: HistoryAsk.Page), stop);
            var past = ask.Server is { } server ? await Archive.ServerAsync(server, range, [], stop) : (await Archive.FleetAsync(range, [], stop)).Metrics;
            if (number != asked) return; // something else was asked for meanwhile
            (report, alerts, bucket) = (told, found, past.Bucket);
            charts = [.. past.Metrics.Where(metric => metric.Mean.Any(float.IsFinite)).Select(metric => PastChart.Of(metric, past, ask.Server is null))];
            note = $"{Figures.Count(told.Steps)} steps, asked in {Figures.Duration(Clock.GetElapsedTime(started))}";
        }
        catch (HistoryUnavailableException failed)
        {
            if (number == asked) (fault, note) = (failed.Message, "");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The page was left, or something else was asked for.
        }
    }

    private void Ask(HistoryAsk wanted) => Navigation.NavigateTo(wanted.Address);
}
