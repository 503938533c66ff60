namespace TftPortal.Engine.State.Legacy;

/// <summary>A value of a pickle that holds values. It may be held twice, even by itself, until <see cref="PickleExpansion"/> has looked.</summary>
internal abstract class PickleContainer
{
    /// <summary>What it is.</summary>
    public abstract PickleKind Kind { get; }

    /// <summary>How many values it holds itself.</summary>
    public int Count { get; protected set; }

    /// <summary>The marks of <see cref="PickleExpansion"/>: how many values there are in it and below, everything shared counted each time; 0 before it was seen, -1 while it is.</summary>
    public int Weight { get; set; }

    /// <summary>How many containers deep it goes, itself included; 0 before it was seen.</summary>
    public int Height { get; set; }

    /// <summary>One of the values it holds.</summary>
    public abstract PickleValue this[int index] { get; }

    /// <summary>Grows an array, one to start with and then by doubling: a pickle can hold millions of lists of one.</summary>
    protected static void Grow<T>(ref T[] array, int needed)
    {
        if (needed > array.Length) Array.Resize(ref array, Math.Max(needed, array.Length * 2));
    }
}

/// <summary>A list, tuple or set; what a set would refuse to hold twice it holds twice here, for no set is ever taken.</summary>
/// <param name="kind">Which.</param>
internal sealed class PickleList(PickleKind kind) : PickleContainer
{
    private PickleValue[] items = [];

    /// <inheritdoc/>
    public override PickleKind Kind => kind;

    /// <inheritdoc/>
    public override PickleValue this[int index] => items[index];

    public void Add(PickleValue value)
    {
        Grow(ref items, Count + 1);
        items[Count++] = value;
    }

    public void Add(ReadOnlySpan<PickleValue> values)
    {
        Grow(ref items, Count + values.Length);
        values.CopyTo(items.AsSpan(Count));
        Count += values.Length;
    }
}

/// <summary>A dictionary with texts for keys, in the order of their first appearance; the last value of a key wins.</summary>
internal sealed class PickleDictionary : PickleContainer
{
    private const int Searched = 32; // a record has 16 keys: looking along them is quicker than a hash table each

    private string[] keys = [];
    private PickleValue[] values = [];
    private Dictionary<string, int>? index;

    /// <inheritdoc/>
    public override PickleKind Kind => PickleKind.Dictionary;

    /// <inheritdoc/>
    public override PickleValue this[int index] => values[index];

    /// <summary>The key of one of the values.</summary>
    public string Key(int at) => keys[at];

    public void Set(string key, PickleValue value)
    {
        var at = Find(key);
        if (at >= 0)
        {
            values[at] = value;
            return;
        }

        Grow(ref keys, Count + 1);
        Grow(ref values, Count + 1);
        (keys[Count], values[Count]) = (key, value);
        index?.Add(key, Count);
        if (++Count > Searched) index ??= Index();
    }

    /// <summary>Makes room.</summary>
    public void Expect(int more)
    {
        Grow(ref keys, Count + more);
        Grow(ref values, Count + more);
    }

    public bool TryGet(string key, out PickleValue value)
    {
        var at = Find(key);
        value = at < 0 ? default : values[at];
        return at >= 0;
    }

    private int Find(string key)
    {
        if (index is not null) return index.TryGetValue(key, out var at) ? at : -1;
        for (var i = 0; i < Count; i++)
        {
            if (ReferenceEquals(keys[i], key) || keys[i] == key) return i;
        }

        return -1;
    }

    private Dictionary<string, int> Index()
    {
        var table = new Dictionary<string, int>(Count * 2, StringComparer.Ordinal);
        for (var i = 0; i < Count; i++) table.Add(keys[i], i);
        return table;
    }
}
