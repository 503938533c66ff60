namespace TftPortal.Engine.State.Legacy;

/// <summary>A value of a pickle in 4 bytes, for there may be five million: its kind, and where it is found: a scalar's opcode in the file, which stays in memory anyway, or a container's number.</summary>
internal readonly record struct PickleCode
{
    private const int PlaceBits = 28; // 2^26 bytes of file and five million containers
    private readonly uint bits;

    /// <summary>Codes a value.</summary>
    public PickleCode(PickleKind kind, int place) => bits = ((uint)kind << PlaceBits) | (uint)place;

    /// <summary>What it is.</summary>
    public PickleKind Kind => (PickleKind)(bits >> PlaceBits);

    /// <summary>Where its opcode stands, bytes from the start; of a container, its number.</summary>
    public int Place => (int)(bits & ((1u << PlaceBits) - 1));

    /// <summary>Whether it holds values.</summary>
    public bool IsContainer => Kind >= PickleKind.List;
}
