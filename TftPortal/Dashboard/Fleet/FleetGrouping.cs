namespace TftPortal.Dashboard.Fleet;

/// <summary>What the map puts together: what servers are for, or the beginning of their names.</summary>
public enum FleetGrouping { Profile, Prefix }
