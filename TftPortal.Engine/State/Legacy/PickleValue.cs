namespace TftPortal.Engine.State.Legacy;

/// <summary>What a value of a pickle is.</summary>
internal enum PickleKind
{
    None, Boolean,
    /// <summary>An integer of 64 bits.</summary>
    Integer,
    /// <summary>An integer of more than 64 bits: none of ours, so only that it is one is kept.</summary>
    HugeInteger,
    Real, Text,
    /// <summary>Bytes: none of ours, so only that they are is kept.</summary>
    Bytes,
    List, Tuple, Set, FrozenSet, Dictionary,
}

/// <summary>A value of a pickle: a scalar by value, a string or a container by reference. The default is None.</summary>
internal readonly struct PickleValue
{
    private static readonly Tag BooleanTag = new(PickleKind.Boolean);
    private static readonly Tag IntegerTag = new(PickleKind.Integer);
    private static readonly Tag HugeTag = new(PickleKind.HugeInteger);
    private static readonly Tag RealTag = new(PickleKind.Real);
    private static readonly Tag BytesTag = new(PickleKind.Bytes);

    // 16 bytes, not 24 with a kind of its own: the stack may hold five million.
    private readonly object? reference;
    private readonly long bits;

    private PickleValue(object reference, long bits = 0) => (this.reference, this.bits) = (reference, bits);

    /// <summary>An integer of more than 64 bits.</summary>
    public static PickleValue HugeInteger => new(HugeTag);

    /// <summary>Bytes.</summary>
    public static PickleValue Bytes => new(BytesTag);

    /// <summary>What it is.</summary>
    public PickleKind Kind => reference switch
    {
        null => PickleKind.None,
        Tag tag => tag.Kind,
        string => PickleKind.Text,
        _ => ((PickleContainer)reference).Kind,
    };

    /// <summary>The value of a <see cref="PickleKind.Boolean"/>.</summary>
    public bool Boolean => bits != 0;

    /// <summary>The value of a <see cref="PickleKind.Integer"/>.</summary>
    public long Integer => bits;

    /// <summary>The value of a <see cref="PickleKind.Real"/>; may be NaN or infinite.</summary>
    public double Real => BitConverter.Int64BitsToDouble(bits);

    /// <summary>The text, or null where it is none.</summary>
    public string? Text => reference as string;

    /// <summary>The list, tuple or set, or null where it is none.</summary>
    public PickleList? List => reference as PickleList;

    /// <summary>The dictionary, or null where it is none.</summary>
    public PickleDictionary? Dictionary => reference as PickleDictionary;

    /// <summary>The list, tuple, set or dictionary, or null where it is none.</summary>
    public PickleContainer? Container => reference as PickleContainer;

    public static PickleValue Of(bool value) => new(BooleanTag, value ? 1 : 0);

    public static PickleValue Of(long value) => new(IntegerTag, value);

    public static PickleValue Of(double value) => new(RealTag, BitConverter.DoubleToInt64Bits(value));

    public static PickleValue Of(string value) => new(value);

    public static PickleValue Of(PickleContainer value) => new(value);

    private sealed class Tag(PickleKind kind)
    {
        public PickleKind Kind => kind;
    }
}
