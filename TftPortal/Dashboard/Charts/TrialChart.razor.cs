namespace TftPortal.Dashboard.Charts;

/// <summary>A server's past with its incidents, and marks where either rule would have alerted.</summary>
public sealed partial class TrialChart() : ChartComponent<TrialChartData>("./js/trial-chart.js");
