namespace TftPortal.Engine.History;

/// <summary>What a start finds of the alerts: those that stood when the last picture was written, and those that had ended within the two days before.</summary>
internal static class OpenAlerts
{
    private const int Longest = 400; // days that an alert may have stood: as long as the alerts are kept by default

    /// <summary>Reads them.</summary>
    public static List<AlertRecord> Read(HistoryStore store, Duck duck, DateOnly today, CancellationToken stop)
    {
        List<AlertRecord> open = [];
        var days = store.Of(HistoryTable.Alerts).Days(today.AddDays(-Longest), today);
        duck.Query($"SELECT {HistoryTable.Alerts.Names} FROM {HistoryTable.Alerts.Source(days)} WHERE ended_at IS NULL OR ended_at >= $1", [today.AddDays(-2).ToDateTime(TimeOnly.MinValue)], row => open.Add(AlertRow.Read(row)), stop);
        return open;
    }
}
