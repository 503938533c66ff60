namespace TftPortal.Training.Network;

/// <summary>A trained weight.</summary>
internal sealed record NamedWeight(string Name, float[] Values, long[] Shape);
