namespace TftPortal.Engine.State.Legacy;

/// <summary>The stack of a pickle's reading, with its marks and its memo.</summary>
internal sealed class PickleStack(PickleInput input)
{
    private readonly int[] marks = new int[PickleLimits.Marks];
    private PickleCode[] values = new PickleCode[64];
    private PickleCode[] memo = new PickleCode[64];
    private bool[] remembered = new bool[64];
    private int count;
    private int markCount;
    private int memoCount;
    private int pushes;

    /// <summary>Whether neither a value nor a mark is left.</summary>
    public bool IsEmpty => count == 0 && markCount == 0;

    /// <summary>Whether the top is a mark.</summary>
    public bool IsAtMark => markCount > 0 && marks[markCount - 1] == count;

    public void Push(PickleCode value)
    {
        if (++pushes > PickleLimits.Values) throw input.Refuse(LegacyRefusal.Limit, FormattableString.Invariant($"more than {PickleLimits.Values:N0} values"));
        if (count == values.Length) Array.Resize(ref values, Math.Min(count * 2, PickleLimits.Values)); // more can't be on it at once
        values[count++] = value;
    }

    /// <summary>The top; a mark is none.</summary>
    public PickleCode Peek()
    {
        if (count == Floor) throw input.Refuse(LegacyRefusal.Malformed, markCount > 0 ? "a mark where a value is needed" : "the stack is empty");
        return values[count - 1];
    }

    public PickleCode Pop()
    {
        var value = Peek();
        count--;
        return value;
    }

    public void Mark()
    {
        if (markCount == marks.Length) throw input.Refuse(LegacyRefusal.Limit, FormattableString.Invariant($"more than {PickleLimits.Marks:N0} marks are open"));
        marks[markCount++] = count;
    }

    /// <summary>Takes the last mark off, and what lies above it; the values stay readable until the next push.</summary>
    public ReadOnlySpan<PickleCode> PopToMark()
    {
        if (markCount == 0) throw input.Refuse(LegacyRefusal.Malformed, "there is no mark");
        var mark = marks[--markCount];
        var above = values.AsSpan(mark, count - mark);
        count = mark;
        return above;
    }

    /// <summary>Pushes what was remembered.</summary>
    public void Recall(long index)
    {
        if (index >= memo.Length || !remembered[index]) throw input.Refuse(LegacyRefusal.Malformed, FormattableString.Invariant($"nothing is remembered under {index}"));
        Push(memo[index]);
    }

    /// <summary>Remembers the top under an index.</summary>
    public void Remember(long index)
    {
        var value = Peek();
        if (index >= PickleLimits.Memo) throw input.Refuse(LegacyRefusal.Limit, FormattableString.Invariant($"memo index {index:N0}; those below {PickleLimits.Memo:N0} are read"));
        if (index >= memo.Length)
        {
            var size = Math.Min(PickleLimits.Memo, Math.Max((int)index + 1, memo.Length * 2));
            Array.Resize(ref memo, size);
            Array.Resize(ref remembered, size);
        }

        if (!remembered[index]) memoCount++;
        (memo[index], remembered[index]) = (value, true);
    }

    /// <summary>Remembers the top under the index that Python gives it: how many there are.</summary>
    public void Remember() => Remember(memoCount);

    private int Floor => markCount > 0 ? marks[markCount - 1] : 0;
}
