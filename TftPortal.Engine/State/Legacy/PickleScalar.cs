namespace TftPortal.Engine.State.Legacy;

/// <summary>A scalar of a pickle, read. The default is None.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Bits">The integer, the bits of the real, 1 for true.</param>
/// <param name="Text">The text, where it was asked for.</param>
internal readonly record struct PickleScalar(PickleKind Kind, long Bits = 0, string? Text = null)
{
    /// <summary>An integer of more than 64 bits.</summary>
    public static PickleScalar HugeInteger => new(PickleKind.HugeInteger);

    /// <summary>Bytes.</summary>
    public static PickleScalar Bytes => new(PickleKind.Bytes);

    public bool Boolean => Bits != 0;

    public double Real => BitConverter.Int64BitsToDouble(Bits);

    public static PickleScalar Of(bool value) => new(PickleKind.Boolean, value ? 1 : 0);

    public static PickleScalar Of(long value) => new(PickleKind.Integer, value);

    public static PickleScalar Of(double value) => new(PickleKind.Real, BitConverter.DoubleToInt64Bits(value));

    public static PickleScalar Of(string value) => new(PickleKind.Text, Text: value);
}
