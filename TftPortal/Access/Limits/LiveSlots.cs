namespace TftPortal.Access.Limits;

/// <summary>Counts the pages that are open, of everybody and of each part of everybody. Safe for many threads at once; it remembers only parts that have one open.</summary>
internal sealed class LiveSlots
{
    private readonly Lock counting = new();
    private readonly Dictionary<string, int> open = new(StringComparer.Ordinal);
    private int total;

    /// <summary>How many are open.</summary>
    public int Total
    {
        get { lock (counting) return total; }
    }

    /// <summary>Takes a slot.</summary>
    /// <param name="part">Whose.</param>
    /// <param name="maxOfPart">How many it may have.</param>
    /// <param name="max">How many all may have.</param>
    /// <param name="keep">False only asks whether there is one.</param>
    public SlotAnswer Take(string part, int maxOfPart, int max, bool keep)
    {
        lock (counting)
        {
            var held = open.GetValueOrDefault(part);
            if (held >= maxOfPart) return SlotAnswer.PartIsFull;
            if (total >= max) return SlotAnswer.AllAreFull;
            if (!keep) return SlotAnswer.Free;
            open[part] = held + 1;
            total++;
            return SlotAnswer.Free;
        }
    }

    /// <summary>Gives a slot back.</summary>
    public void Give(string part)
    {
        lock (counting)
        {
            total--;
            if (open[part] == 1) open.Remove(part);
            else open[part]--;
        }
    }
}
