namespace TftPortal.Notifications.Summaries;

/// <summary>The settings <c>Notifications:Summary:*</c>: when the week's summary is due. It goes to whom a route of the kind <c>summary</c> leads, and without one to nobody.</summary>
internal sealed class SummaryOptions
{
    /// <summary>On which day of the week.</summary>
    /// <value>Sunday to Saturday; Monday by default.</value>
    public DayOfWeek Day { get; set; } = DayOfWeek.Monday;

    /// <summary>At which time of that day.</summary>
    /// <value>00:00 to 23:59; 08:00 by default.</value>
    public string Time { get; set; } = "08:00";

    /// <summary>In which time zone, by its IANA name.</summary>
    /// <value>A zone that this machine knows; UTC by default.</value>
    public string Zone { get; set; } = "UTC";
}
