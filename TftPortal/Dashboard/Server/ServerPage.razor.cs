using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using TftPortal.Dashboard.Charts;
using TftPortal.Dashboard.Live;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Server;

/// <summary>One server: what is coming, since when, and each metric's past and forecast.</summary>
public sealed partial class ServerPage : LiveComponent
{
    private ServerOutlook? server;
    private ImmutableArray<Alert> alerts = [];
    private ImmutableArray<(MetricDefinition Metric, FanChartData Data)> charts = [];
    private string absent = "";

    /// <summary>The server's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    [Inject]
    private RuleLookup Rules { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnParametersSet() => OnPicture();

    /// <inheritdoc />
    protected override void OnPicture()
    {
        var before = server;
        server = Outlook.ByName.GetValueOrDefault(Name);
        if (server is null)
        {
            charts = [];
            return;
        }

        alerts = [.. Outlook.Alerts.Where(alert => alert.Server == Name)];
        // A picture that says nothing new of this server leaves its charts alone.
        if (before is not null && before.Server.Revision == server.Server.Revision && before.Server.Name == Name && before.Forecast.MadeAt == server.Forecast.MadeAt) return;
        var sent = MetricCatalog.All.Where(metric => IsSent(server, metric)).ToImmutableArray();
        var rules = Rules.For(server.Server.Name, server.Server.Profile);
        charts = [.. sent.OrderBy(metric => IsDanger(server, metric) ? 0 : 1).Select(metric => (metric, FanChartData.Of(metric, server, Outlook, ChartThresholds.Of(rules, metric))))];
        absent = string.Join(", ", MetricCatalog.All.Except(sent).Select(metric => metric.Label));
    }

    /// <summary>What the verdict is about leads: on a phone it would else be five charts away.</summary>
    private static bool IsDanger(ServerOutlook server, MetricDefinition metric) =>
        server.Risk.Level > RiskLevel.Healthy && server.Risk.Worst?.Metric == metric.Metric;

    private static bool IsSent(ServerOutlook server, MetricDefinition metric) =>
        !float.IsNaN(server.Server.Latest[(int)metric.Metric]) || server.Forecast.Of(metric.Metric) is not null;
}
