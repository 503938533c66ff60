namespace TftPortal.Engine.State.Legacy;

/// <summary>
/// Looks at a finished pickle as a tree: a few hundred bytes that share what they hold can stand for 10^10 values, and a list can hold itself.
/// Looks at each container once, and on its own stack, for the one of the thread is too short for what a pickle nests.
/// </summary>
internal static class PickleExpansion
{
    /// <summary>Refuses a value that holds itself, nests too deep or, everything shared counted each time, is too much.</summary>
    /// <exception cref="LegacyRefusedException">It does.</exception>
    public static void Check(PickleValue root)
    {
        if (root.Container is not { } top) return;
        var path = new (PickleContainer Container, int Next)[PickleLimits.Depth];
        var depth = 0;
        Enter(top);
        while (depth > 0)
        {
            ref var at = ref path[depth - 1];
            if (at.Next == at.Container.Count)
            {
                Leave(at.Container);
                depth--;
                continue;
            }

            if (at.Container[at.Next++].Container is not { } child) continue;
            if (child.Weight < 0) throw new LegacyRefusedException(LegacyRefusal.Malformed, "The pickle is a cycle: a container holds itself");
            if (child.Weight == 0) Enter(child);
            else if (depth + child.Height > PickleLimits.Depth) throw TooDeep();
        }

        void Enter(PickleContainer container)
        {
            if (depth == path.Length) throw TooDeep();
            container.Weight = -1;
            path[depth++] = (container, 0);
        }
    }

    private static void Leave(PickleContainer container)
    {
        var weight = 1L + (container is PickleDictionary ? 2L : 1L) * container.Count;
        var height = 0;
        for (var i = 0; i < container.Count; i++)
        {
            if (container[i].Container is not { } child) continue;
            weight += child.Weight - 1; // itself is counted among its holder's
            height = Math.Max(height, child.Height);
            if (weight > PickleLimits.Values) break;
        }

        if (weight > PickleLimits.Values)
            throw new LegacyRefusedException(LegacyRefusal.Limit, FormattableString.Invariant($"The pickle holds more than {PickleLimits.Values:N0} values when everything that it shares is counted each time"));
        (container.Weight, container.Height) = ((int)weight, height + 1);
    }

    private static LegacyRefusedException TooDeep() => new(LegacyRefusal.Limit, $"The pickle nests deeper than {PickleLimits.Depth} containers");
}
