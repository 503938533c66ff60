using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TftPortal.Engine.State.Legacy;

/// <summary>The values of a pickle in columns: 4 bytes a value on the stack, 8 in a container, 20 a container. What a value holds may hold it, too, until <see cref="PickleExpansion"/> has looked.</summary>
internal sealed class PickleTree(byte[] file)
{
    /// <summary>No node.</summary>
    public const int Nothing = -1;

    private const int Searched = 32; // a record has 16 keys: looking along them is quicker than a table each
    private const int Remembered = 256;
    private const int Long = 512; // letters; longer texts are kept: there can't be many, and one can be used a million times

    private readonly PickleColumn<Container> containers = new();
    private readonly PickleColumn<Node> nodes = new();
    private readonly Dictionary<int, Dictionary<PickleCode, int>> tables = [];
    private readonly Dictionary<int, string> longOnes = [];
    private readonly ScatteredCodes scattered = new();
    private readonly PickleScalars again = new(new(file)) { KeepsTexts = true };
    private readonly PickleScalars bytesOf = new(new(file));
    private readonly (int Place, string Text)[] recent = new (int, string)[Remembered]; // a record's keys are the one's before

    /// <summary>A container.</summary>
    public ref Container this[PickleCode container] => ref containers[container.Place];

    /// <summary>The value of a node.</summary>
    public PickleCode At(int node) => nodes[node].Value;

    /// <summary>The node behind it; <see cref="Nothing"/> behind the last.</summary>
    public int Next(int node) => nodes[node].Next;

    /// <summary>A new, empty container.</summary>
    public PickleCode Begin(PickleKind kind) => new(kind, containers.Add(new() { First = Nothing, Last = Nothing }));

    /// <summary>Adds to a list, tuple or set; what a set would refuse to hold twice it holds twice here, for no set is ever taken.</summary>
    public void Add(PickleCode list, PickleCode value)
    {
        Append(list, value);
        this[list].Count++;
    }

    /// <summary>Sets a key of a dictionary; the last value wins, in the place of the first.</summary>
    /// <param name="dictionary">The dictionary.</param>
    /// <param name="key">A text, by the code of the first that equals it.</param>
    /// <param name="value">The value.</param>
    public void Set(PickleCode dictionary, PickleCode key, PickleCode value)
    {
        var node = Find(dictionary, key);
        if (node != Nothing)
        {
            nodes[nodes[node].Next].Value = value;
            return;
        }

        node = Append(dictionary, key);
        Append(dictionary, value);
        if (tables.TryGetValue(dictionary.Place, out var table)) table.Add(key, node);
        if (++this[dictionary].Count == Searched + 1) tables.Add(dictionary.Place, Table(dictionary));
    }

    /// <summary>A scalar, read again.</summary>
    public PickleScalar Scalar(PickleCode code) => again.At(code.Place);

    /// <summary>Whether a text has these bytes.</summary>
    public bool IsText(PickleCode code, ReadOnlySpan<byte> utf8) => bytesOf.Utf8At(code.Place).SequenceEqual(utf8);

    /// <summary>A text, read again, or still at hand.</summary>
    public string Text(PickleCode code)
    {
        ref var known = ref recent[code.Place % Remembered];
        if (known.Text is not null && known.Place == code.Place) return known.Text;
        if (longOnes.TryGetValue(code.Place, out var kept)) return kept;
        var text = again.At(code.Place).Text!;
        if (text.Length > Long) longOnes.Add(code.Place, text);
        else known = (code.Place, text);
        return text;
    }

    private int Append(PickleCode container, PickleCode value)
    {
        var node = nodes.Add(new() { Value = value, Next = Nothing });
        ref var holder = ref this[container];
        if (holder.First == Nothing) holder.First = node;
        else nodes[holder.Last].Next = node;
        return holder.Last = node;
    }

    private int Find(PickleCode dictionary, PickleCode key)
    {
        if (this[dictionary].Count > Searched) return tables[dictionary.Place].TryGetValue(key, out var found) ? found : Nothing;
        var node = this[dictionary].First;
        while (node != Nothing && nodes[node].Value != key) node = nodes[nodes[node].Next].Next;
        return node;
    }

    private Dictionary<PickleCode, int> Table(PickleCode dictionary)
    {
        var table = new Dictionary<PickleCode, int>(scattered);
        for (var node = this[dictionary].First; node != Nothing; node = nodes[nodes[node].Next].Next) table.Add(nodes[node].Value, node);
        return table;
    }

    /// <summary>A container. Its values are a chain of nodes; a dictionary's are a key, its value, the next key.</summary>
    internal struct Container
    {
        public int First;
        public int Last;
        public int Count;

        /// <summary>The marks of <see cref="PickleExpansion"/>: how many values there are in it and below, everything shared counted each time; 0 before it was seen, -1 while it is.</summary>
        public int Weight;

        /// <summary>How many containers deep it goes, itself included; 0 before it was seen.</summary>
        public int Height;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Node
    {
        public PickleCode Value;
        public int Next;
    }

    // A file says where its keys stand, and would else say in which bucket of a table they meet.
    private sealed class ScatteredCodes : IEqualityComparer<PickleCode>
    {
        private readonly ulong factor = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

        public bool Equals(PickleCode x, PickleCode y) => x == y;

        public int GetHashCode(PickleCode code) => (int)(((uint)code.Place * factor) >> 32);
    }
}
