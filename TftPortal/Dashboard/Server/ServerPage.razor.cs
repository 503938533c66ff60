using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using TftPortal.Dashboard.Charts;
using TftPortal.Dashboard.Live;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;

namespace TftPortal.Dashboard.Server;

/// <summary>One server: what is coming, since when, and each metric's past and forecast. The address says how much of both is shown.</summary>
public sealed partial class ServerPage : LiveComponent
{
    private ServerOutlook? server;
    private ServerAsk ask = ServerAsk.Usual("");
    private (ServerOutlook Server, ServerAsk Ask, ServerPast? Before)? drawn;
    private LongPast longPast = null!;
    private HistoryRangeFault? wrong;
    private ImmutableArray<Alert> alerts = [];
    private ImmutableArray<(MetricDefinition Metric, ChartThresholds Thresholds, FanChartData Data)> charts = [];
    private string absent = "";
    private bool isLeft;

    /// <summary>The server's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    [SupplyParameterFromQuery(Name = "past")]
    private string? Past { get; set; }

    [SupplyParameterFromQuery(Name = "ahead")]
    private string? Ahead { get; set; }

    [Inject]
    private RuleLookup Rules { get; set; } = null!;

    [Inject]
    private HistoryArchive Archive { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        longPast = new(Archive);
        base.OnInitialized();
    }

    /// <inheritdoc />
    protected override void OnParametersSet() => OnPicture();

    /// <inheritdoc />
    protected override void OnPicture()
    {
        ask = ServerAsk.Read(Name, Past, Ahead, out wrong) ?? ServerAsk.Usual(Name);
        server = Outlook.ByName.GetValueOrDefault(Name);
        if (server is null)
        {
            (charts, drawn) = ([], null);
            return;
        }

        alerts = [.. Outlook.Alerts.Where(alert => alert.Server == Name)];
        Draw(server);
        // The first, static rendering is thrown away, and must not wait for an answer.
        if (RendererInfo.IsInteractive) _ = LookBackAsync();
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        isLeft = true;
        longPast.Dispose();
        base.Dispose(disposing);
    }

    private void Draw(ServerOutlook now)
    {
        var before = longPast.Of(Name, ask.PastLength);
        // A picture that says nothing new of this server leaves its charts alone.
        if (drawn is { } last && last.Ask == ask && ReferenceEquals(last.Before, before) && last.Server.Server.Revision == now.Server.Revision && last.Server.Forecast.MadeAt == now.Forecast.MadeAt) return;
        drawn = (now, ask, before);
        var sent = MetricCatalog.All.Where(metric => IsSent(now, metric)).ToImmutableArray();
        var rules = Rules.For(now.Server.Name, now.Server.Profile);
        var past = PastPoints.Of(now.Server.History, Outlook.Grid, FanChartData.EndOfPast(now, Outlook), ask.PastLength, before);
        charts = [.. sent.OrderBy(metric => IsDanger(now, metric) ? 0 : 1).Select(metric => (metric, ChartThresholds.Of(rules, metric))).Select(of => (of.metric, of.Item2, FanChartData.Of(of.metric, now, Outlook, of.Item2, past, ask.AheadLength)))];
        absent = string.Join(", ", MetricCatalog.All.Except(sent).Select(metric => metric.Label));
    }

    private async Task LookBackAsync()
    {
        try
        {
            if (server is not { } now || !await longPast.AskAsync(now.Server, Outlook.Grid, FanChartData.EndOfPast(now, Outlook), ask.PastLength) || isLeft) return;
            if (server is not null) Draw(server);
            StateHasChanged();
        }
        catch (Exception fault) when (!isLeft)
        {
            await DispatchExceptionAsync(fault); // to this page's error boundary
        }
        catch (ObjectDisposedException)
        {
            // The page left while it was asked.
        }
    }

    private Task AskAgainAsync()
    {
        longPast.Retry();
        return LookBackAsync();
    }

    /// <summary>What the verdict is about leads: on a phone it would else be five charts away.</summary>
    private static bool IsDanger(ServerOutlook server, MetricDefinition metric) =>
        server.Risk.Level > RiskLevel.Healthy && server.Risk.Worst?.Metric == metric.Metric;

    private static bool IsSent(ServerOutlook server, MetricDefinition metric) =>
        !float.IsNaN(server.Server.Latest[(int)metric.Metric]) || server.Forecast.Of(metric.Metric) is not null;
}
