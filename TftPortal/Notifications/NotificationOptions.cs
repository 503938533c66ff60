using System.ComponentModel.DataAnnotations;

namespace TftPortal.Notifications;

/// <summary>The settings <c>Notifications:*</c>. Channels and routes are not settings: admins make them on the page Channels or by <c>/api/channels</c>.</summary>
internal sealed class NotificationOptions
{
    /// <summary>The portal's address as people reach it, for links in messages.</summary>
    /// <value>An absolute http or https address without a query; empty by default: then messages carry no link.</value>
    public string PortalUrl { get; set; } = "";

    /// <summary>How long an incident must stand before it is told, so that servers that break together are one message, seconds.</summary>
    /// <value>From 0 to 600; 30 by default: one cycle of <c>Engine:ForecastSeconds</c>.</value>
    [Range(0, 600)]
    public int GatherSeconds { get; set; } = 30;

    /// <summary>How long one attempt to deliver may take, seconds.</summary>
    /// <value>From 1 to 60; 15 by default.</value>
    [Range(1, 60)]
    public int TimeoutSeconds { get; set; } = 15;

    /// <summary>How long after a first failed attempt the second is made, seconds; each further one waits twice as long, give or take a fifth.</summary>
    /// <value>From 1 to 300; 5 by default.</value>
    [Range(1, 300)]
    public int RetrySeconds { get; set; } = 5;

    /// <summary>The longest time between two attempts, seconds.</summary>
    /// <value>From 1 to 3,600; 300 by default.</value>
    [Range(1, 3600)]
    public int MaxRetrySeconds { get; set; } = 300;

    /// <summary>How long delivery is tried before a message is set aside as a dead letter, minutes.</summary>
    /// <value>From 1 to 10,080 (a week); 1,440 (a day) by default.</value>
    [Range(1, 10_080)]
    public int GiveUpMinutes { get; set; } = 1440;

    /// <summary>Messages that may wait for one channel; for a further one the oldest is set aside.</summary>
    /// <value>From 10 to 100,000; 1,000 by default.</value>
    [Range(10, 100_000)]
    public int MaxQueued { get; set; } = 1000;

    /// <summary>How long delivered messages and dead letters are kept, days.</summary>
    /// <value>From 1 to 365; 14 by default.</value>
    [Range(1, 365)]
    public int KeepDays { get; set; } = 14;

    /// <summary>How often standing alerts are sent again to an Alertmanager, seconds: it takes what is not repeated within four times that for over.</summary>
    /// <value>From 5 to 600; 60 by default.</value>
    [Range(5, 600)]
    public int AlertmanagerSeconds { get; set; } = 60;
}
