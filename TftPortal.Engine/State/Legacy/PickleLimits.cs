namespace TftPortal.Engine.State.Legacy;

/// <summary>How much of a pickle is read; past any of these it is refused. From CONTRACT.md, "Migration", but for the last three.</summary>
internal static class PickleLimits
{
    /// <summary>Bytes of the file: 64 MiB.</summary>
    public const int FileBytes = 64 << 20;

    /// <summary>Opcodes.</summary>
    public const int Opcodes = 20_000_000;

    /// <summary>Values, keys of dictionaries included: those pushed on the way, and again those of the result when everything shared is counted each time.</summary>
    public const int Values = 5_000_000;

    /// <summary>Containers in containers.</summary>
    public const int Depth = 64;

    /// <summary>Bytes of one string: 256 KiB, in UTF-8 where the pickle holds it otherwise.</summary>
    public const int StringBytes = 256 << 10;

    /// <summary>Bytes of one binary integer.</summary>
    public const int IntegerBytes = 1_024;

    /// <summary>Digits of one decimal number: what an integer of 1,024 bytes has.</summary>
    public const int Digits = 2_467;

    /// <summary>Entries of the memo, and so its largest index.</summary>
    public const int Memo = 500_000;

    /// <summary>Marks open at once; a state of the old daemon has four.</summary>
    public const int Marks = 1_000;

    /// <summary>Bytes of the name of an object; all are refused, but a name this long is not even repeated.</summary>
    public const int NameBytes = 1_024;

    /// <summary>Bytes of one line of the text protocol: a string whose every character is escaped.</summary>
    public const int LineBytes = 4 * StringBytes;
}
