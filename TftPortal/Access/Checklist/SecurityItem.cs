namespace TftPortal.Access.Checklist;

/// <summary>One thing that an admin can see to.</summary>
/// <param name="Name">What is looked at, in a few words.</param>
/// <param name="IsGood">Whether it is as it should be.</param>
/// <param name="Says">How it is.</param>
/// <param name="ToDo">What to do where it is not good; empty where there is nothing to do.</param>
/// <param name="Weight">How much it counts in the score: 3 what lets strangers in, 2 what makes it easier, 1 good order.</param>
internal sealed record SecurityItem(string Name, bool IsGood, string Says, string ToDo, int Weight);

/// <summary>All of them, the worst first.</summary>
/// <param name="Items">Not good before good, then by weight.</param>
internal sealed record SecurityReport(IReadOnlyList<SecurityItem> Items)
{
    /// <summary>The weight of what is good, in per cent of all; rounded down, so that 100 means all.</summary>
    public int Score => 100 * Items.Where(item => item.IsGood).Sum(item => item.Weight) / Math.Max(1, Items.Sum(item => item.Weight));

    /// <summary>How many are not good.</summary>
    public int Open => Items.Count(item => !item.IsGood);

    /// <summary>Sorts what was found.</summary>
    public static SecurityReport Of(IEnumerable<SecurityItem> items) =>
        new([.. items.OrderBy(item => item.IsGood).ThenByDescending(item => item.Weight)]);
}
