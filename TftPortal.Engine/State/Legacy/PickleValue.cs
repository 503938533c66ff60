using System.Text;

namespace TftPortal.Engine.State.Legacy;

/// <summary>What a value of a pickle is.</summary>
internal enum PickleKind : byte
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

/// <summary>A value of a pickle that was read: its scalars are read from the file again whenever they are asked for.</summary>
internal readonly struct PickleValue(PickleTree tree, PickleCode code)
{
    /// <summary>What it is.</summary>
    public PickleKind Kind => code.Kind;

    /// <summary>The value of a <see cref="PickleKind.Boolean"/>.</summary>
    public bool Boolean => tree.Scalar(code).Boolean;

    /// <summary>The value of a <see cref="PickleKind.Integer"/>.</summary>
    public long Integer => tree.Scalar(code).Bits;

    /// <summary>The value of a <see cref="PickleKind.Real"/>; may be NaN or infinite.</summary>
    public double Real => tree.Scalar(code).Real;

    /// <summary>The text, or null where it is none.</summary>
    public string? Text => Kind == PickleKind.Text ? tree.Text(code) : null;

    /// <summary>How many values a container holds; pairs, of a dictionary.</summary>
    public int Count => code.IsContainer ? tree[code].Count : 0;

    /// <summary>What a list, tuple or set holds.</summary>
    public IEnumerable<PickleValue> Items
    {
        get
        {
            for (var node = tree[code].First; node != PickleTree.Nothing; node = tree.Next(node)) yield return new(tree, tree.At(node));
        }
    }

    /// <summary>What a dictionary holds, in the order in which its keys first came.</summary>
    public IEnumerable<(string Key, PickleValue Value)> Pairs
    {
        get
        {
            for (var node = tree[code].First; node != PickleTree.Nothing; node = tree.Next(tree.Next(node))) yield return (tree.Text(tree.At(node)), new(tree, tree.At(tree.Next(node))));
        }
    }

    /// <summary>The value of a key of a dictionary.</summary>
    public bool TryGet(string key, out PickleValue value)
    {
        var utf8 = Encoding.UTF8.GetBytes(key);
        for (var node = tree[code].First; node != PickleTree.Nothing; node = tree.Next(tree.Next(node)))
        {
            if (!tree.IsText(tree.At(node), utf8)) continue;
            value = new(tree, tree.At(tree.Next(node)));
            return true;
        }

        value = default;
        return false;
    }
}
