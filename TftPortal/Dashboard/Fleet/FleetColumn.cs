namespace TftPortal.Dashboard.Fleet;

/// <summary>The table's columns. Their names in the address are these in lower case.</summary>
public enum FleetColumn { Risk, Name, Profile, Cpu, Memory, Disk, Trend, Forecast, Model, Seen }
