namespace TftPortal.Notifications.Routing;

/// <summary>How routes' parts are called on the wire.</summary>
internal static class RouteNames
{
    /// <summary>The days, Monday first.</summary>
    public static readonly IReadOnlyList<(string Name, DayOfWeek Day)> Days =
    [
        ("mon", DayOfWeek.Monday), ("tue", DayOfWeek.Tuesday), ("wed", DayOfWeek.Wednesday), ("thu", DayOfWeek.Thursday),
        ("fri", DayOfWeek.Friday), ("sat", DayOfWeek.Saturday), ("sun", DayOfWeek.Sunday),
    ];

    /// <summary>The kinds.</summary>
    public static readonly IReadOnlyList<(string Name, RouteKind Kind)> Kinds =
        [("predicted", RouteKind.Predicted), ("breaching", RouteKind.Breaching), ("key_expiry", RouteKind.KeyExpiry), ("portal", RouteKind.Portal), ("summary", RouteKind.Summary)];

    public static string WireName(this DayOfWeek day) => Days.Single(one => one.Day == day).Name;

    public static string WireName(this RouteKind kind) => Kinds.Single(one => one.Kind == kind).Name;
}
