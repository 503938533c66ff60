using System.Globalization;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Words;

/// <summary>Who forecasts a server, and why not the network where it does not.</summary>
public static class ModelWords
{
    /// <summary>A sentence on who made most of a server's forecasts.</summary>
    public static string Why(ServerOutlook server, FleetOutlook outlook)
    {
        var replaced = string.Join(", ", MetricCatalog.All.Where(metric => !server.Forecast.Replaced.IsEmpty && server.Forecast.Replaced[(int)metric.Metric] is not null).Select(metric => metric.Label));
        if (server.Forecast.ModelType == ForecastSource.Tft)
            return $"Forecast by the Temporal Fusion Transformer, model {server.Forecast.ModelVersion}{(replaced.Length > 0 ? $"; {replaced} by statistics, to which it has lost there" : "")}.";
        if (replaced.Length > 0) return $"Forecast by statistics: the network has lost to them on what has happened since ({replaced}).";
        var missing = outlook.Counts.RequiredSteps - ObservedSteps(server.Server, outlook);
        if (missing > 0)
            return string.Create(CultureInfo.InvariantCulture, $"Forecast by statistics: the network needs {missing} more {(missing == 1 ? "step" : "steps")} of {Ages.Words(outlook.Grid.Length)} with readings, {Ages.Words(missing * outlook.Grid.Length)} in all.");
        return outlook.ModelVersion == server.Forecast.ModelVersion
            ? "Forecast by statistics: no network is loaded."
            : "Forecast by statistics: the network did not answer for this server in this cycle.";
    }

    /// <summary>Steps of the window that hold a reading, up to what the model asks for.</summary>
    private static int ObservedSteps(ServerSnapshot server, FleetOutlook outlook)
    {
        var observed = 0;
        for (var step = server.History.OldestStep; step < outlook.FirstStep && observed < outlook.Counts.RequiredSteps; step++)
            if (server.History.ReadingsIn(step) > 0) observed++;
        return observed;
    }
}
