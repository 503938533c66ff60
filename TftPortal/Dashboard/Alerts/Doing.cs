namespace TftPortal.Dashboard.Alerts;

/// <summary>What somebody can do with an alert on its dialog.</summary>
public enum Doing
{
    /// <summary>Look at it.</summary>
    Nothing,
    /// <summary>Take it.</summary>
    Acknowledge,
    /// <summary>Give it back.</summary>
    GiveBack,
    /// <summary>Make it somebody's.</summary>
    Assign,
    /// <summary>Say something of it.</summary>
    Comment,
    /// <summary>Have nothing sent of it for a while.</summary>
    Silence,
    /// <summary>Say that it is none, or take that back.</summary>
    FalseAlarm,
}
