namespace TftPortal.Engine.State.Legacy;

/// <summary>A column that grows in pieces: what is there is never copied, so that its growth costs no memory beside it.</summary>
internal sealed class PickleColumn<T>
    where T : struct
{
    private const int Bits = 16;
    private const int Piece = 1 << Bits;
    private T[][] pieces = [new T[16]]; // most pickles are small

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>One of them.</summary>
    public ref T this[int index] => ref pieces[index >> Bits][index & (Piece - 1)];

    /// <summary>Adds one.</summary>
    /// <returns>Its index.</returns>
    public int Add(T value)
    {
        var piece = Count >> Bits;
        if (piece == pieces.Length)
        {
            Array.Resize(ref pieces, piece + 1);
            pieces[piece] = new T[Piece];
        }
        else if (piece == 0 && Count == pieces[0].Length) Array.Resize(ref pieces[0], Count * 2);

        this[Count] = value;
        return Count++;
    }
}
