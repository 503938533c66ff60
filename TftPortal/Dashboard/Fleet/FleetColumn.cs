namespace TftPortal.Dashboard.Fleet;

/// <summary>What the table can be sorted by. Its names in the address are these in lower case.</summary>
public enum FleetColumn { Risk, Name, Profile, Cpu, Memory, Disk, Forecast, Model, Seen }
