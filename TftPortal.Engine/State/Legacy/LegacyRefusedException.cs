using System.Globalization;

namespace TftPortal.Engine.State.Legacy;

/// <summary>Why a file of the old daemon is not read.</summary>
internal enum LegacyRefusal
{
    /// <summary>It breaks the rules of its format: cut off, trailing bytes, a cycle, an opcode that does not fit.</summary>
    Malformed,
    /// <summary>It keeps the rules but is larger than what is read: see <see cref="PickleLimits"/>.</summary>
    Limit,
    /// <summary>It is plain data, but no state of the old daemon.</summary>
    Schema,
    /// <summary>It names a Python object; <see cref="LegacyRefusedException.Global"/> says which.</summary>
    Global,
    /// <summary>It reaches outside the file: persistent ids, the extension registry, out-of-band buffers.</summary>
    Opcode,
    /// <summary>The file system does not give it: missing, no permission, not a file.</summary>
    Unreadable,
}

/// <summary>A file of the old daemon is not read. Nothing of it was executed and nothing of it was taken.</summary>
internal sealed class LegacyRefusedException : Exception
{
    /// <summary>Refuses a file as a whole.</summary>
    /// <param name="kind">Why.</param>
    /// <param name="reason">Why, in a sentence without its full stop.</param>
    /// <param name="inner">What was thrown below, if anything was.</param>
    public LegacyRefusedException(LegacyRefusal kind, string reason, Exception? inner = null)
        : base(reason + ".", inner) => Kind = kind;

    /// <summary>Refuses a file for what stands at one place of it.</summary>
    /// <param name="kind">Why.</param>
    /// <param name="opcode">The opcode that is refused.</param>
    /// <param name="offset">Where it stands, bytes from the start of the file.</param>
    /// <param name="reason">What is wrong with it, to be read behind its name and place.</param>
    public LegacyRefusedException(LegacyRefusal kind, PickleOpcode opcode, int offset, string reason)
        : base(string.Create(CultureInfo.InvariantCulture, $"{PickleOpcodes.NameOf(opcode)} at byte {offset}: {reason}."))
    {
        Kind = kind;
        Opcode = opcode;
        Offset = offset;
    }

    /// <summary>Why.</summary>
    public LegacyRefusal Kind { get; }

    /// <summary>The opcode that was refused; null where the file as a whole was.</summary>
    public PickleOpcode? Opcode { get; }

    /// <summary>Where it stands, bytes from the start of the file; null where the file as a whole was refused.</summary>
    public long? Offset { get; }

    /// <summary>The object that was named, <c>module.name</c>, everything but letters, digits, <c>_</c> and <c>.</c> escaped; null where none was.</summary>
    public string? Global { get; init; }
}
