namespace TftPortal.Dashboard.Charts;

/// <summary>A metric's past and its fan of forecasts.</summary>
public sealed partial class FanChart() : ChartComponent<FanChartData>("./js/fan-chart.js");
