namespace TftPortal.Engine.State.Legacy;

/// <summary>
/// Looks at a finished pickle as a tree: a few hundred bytes that share what they hold can stand for 10^10 values, and a list can hold itself.
/// Looks at each container once, and on its own stack, for the one of the thread is too short for what a pickle nests.
/// </summary>
internal static class PickleExpansion
{
    /// <summary>Refuses a value that holds itself, nests too deep or, everything shared counted each time, is too much.</summary>
    /// <exception cref="LegacyRefusedException">It does.</exception>
    public static void Check(PickleTree tree, PickleCode root)
    {
        if (!root.IsContainer) return;
        var path = new (PickleCode Container, int Next)[PickleLimits.Depth];
        var depth = 0;
        Enter(root);
        while (depth > 0)
        {
            ref var at = ref path[depth - 1];
            if (at.Next == PickleTree.Nothing)
            {
                Leave(tree, at.Container);
                depth--;
                continue;
            }

            var child = tree.At(at.Next);
            at.Next = tree.Next(at.Next);
            if (!child.IsContainer) continue;
            if (tree[child].Weight < 0) throw new LegacyRefusedException(LegacyRefusal.Malformed, "The pickle is a cycle: a container holds itself");
            if (tree[child].Weight == 0) Enter(child);
            else if (depth + tree[child].Height > PickleLimits.Depth) throw TooDeep();
        }

        void Enter(PickleCode container)
        {
            if (depth == path.Length) throw TooDeep();
            tree[container].Weight = -1;
            path[depth++] = (container, tree[container].First);
        }
    }

    private static void Leave(PickleTree tree, PickleCode container)
    {
        var weight = 1L + ((container.Kind == PickleKind.Dictionary ? 2L : 1L) * tree[container].Count);
        var height = 0;
        for (var node = tree[container].First; node != PickleTree.Nothing && weight <= PickleLimits.Values; node = tree.Next(node))
        {
            var child = tree.At(node);
            if (!child.IsContainer) continue;
            weight += tree[child].Weight - 1; // itself is counted among its holder's
            height = Math.Max(height, tree[child].Height);
        }

        if (weight > PickleLimits.Values)
            throw new LegacyRefusedException(LegacyRefusal.Limit, FormattableString.Invariant($"The pickle holds more than {PickleLimits.Values:N0} values when everything that it shares is counted each time"));
        (tree[container].Weight, tree[container].Height) = ((int)weight, height + 1);
    }

    private static LegacyRefusedException TooDeep() => new(LegacyRefusal.Limit, $"The pickle nests deeper than {PickleLimits.Depth} containers");
}
