using System.IO.Hashing;
using System.Security.Cryptography;

namespace TftPortal.Engine.State.Legacy;

/// <summary>
/// Gives every text the code of the first equal one, so that keys are compared as numbers. Each is hashed once, where it is read, and not each time that it is used:
/// a pickle can use one of 256 KiB a million times. The hash is seeded anew each time, so that no file can aim at it.
/// </summary>
internal sealed class PickleTexts(byte[] file)
{
    private readonly long seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
    private readonly PickleScalars again = new(new(file));
    private (uint Hash, PickleCode Code)[] slots = new (uint, PickleCode)[64]; // None is an empty one
    private int count;

    /// <summary>The code of the first text that equals one.</summary>
    /// <param name="code">The text.</param>
    /// <param name="utf8">Its bytes.</param>
    public PickleCode Canonical(PickleCode code, ReadOnlySpan<byte> utf8)
    {
        if (count * 4 >= slots.Length * 3) Grow();
        var hash = (uint)XxHash3.HashToUInt64(utf8, seed);
        var at = Slot(hash);
        for (; slots[at].Code.Kind != PickleKind.None; at = (at + 1) & (slots.Length - 1))
        {
            if (slots[at].Hash == hash && again.Utf8At(slots[at].Code.Place).SequenceEqual(utf8)) return slots[at].Code;
        }

        slots[at] = (hash, code);
        count++;
        return code;
    }

    private int Slot(uint hash) => (int)(hash & (uint)(slots.Length - 1));

    private void Grow()
    {
        var old = slots;
        slots = new (uint, PickleCode)[old.Length * 2];
        foreach (var (hash, code) in old)
        {
            if (code.Kind == PickleKind.None) continue;
            var at = Slot(hash);
            while (slots[at].Code.Kind != PickleKind.None) at = (at + 1) & (slots.Length - 1);
            slots[at] = (hash, code);
        }
    }
}
