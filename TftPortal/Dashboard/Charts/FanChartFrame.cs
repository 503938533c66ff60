namespace TftPortal.Dashboard.Charts;

/// <summary>What a chart needs beside its numbers. The names are read by <c>wwwroot/js/fan-chart.js</c>.</summary>
/// <param name="FirstMilliseconds">When the first point of history begins, since 1970 UTC.</param>
/// <param name="PointMilliseconds">The time that a point of history stands for.</param>
/// <param name="History">Points of history.</param>
/// <param name="AheadMilliseconds">When the first step ahead begins.</param>
/// <param name="StepMilliseconds">Length of a step ahead.</param>
/// <param name="Horizon">Steps ahead; 0 while there is no forecast.</param>
/// <param name="NowMilliseconds">Where the now line stands.</param>
/// <param name="Label">The metric's name.</param>
/// <param name="Unit">Its unit; empty for a plain number.</param>
/// <param name="Maximum">Its largest valid value; null where there is none.</param>
/// <param name="Warning">Warning threshold; null where there is none.</param>
/// <param name="Critical">Critical threshold; null where there is none.</param>
/// <param name="Source">Who forecast: <c>tft</c>, <c>baseline</c> or <c>computed</c>.</param>
/// <param name="HasSpan">Whether the history comes with its least and largest values.</param>
/// <param name="Tried">A threshold that somebody moves to see what would be; null where nobody does.</param>
public sealed record FanChartFrame(
    long FirstMilliseconds, long PointMilliseconds, int History, long AheadMilliseconds, long StepMilliseconds, int Horizon, long NowMilliseconds,
    string Label, string Unit, float? Maximum, float? Warning, float? Critical, string Source, bool HasSpan, float? Tried = null);
