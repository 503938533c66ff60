using System.Globalization;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.State;

/// <summary>What came of reading the journal: counts, and why it ended where it did.</summary>
internal sealed class JournalReading
{
    private long firstDamaged;
    private long lastDamaged;

    /// <summary>Batches handed out.</summary>
    public long Batches { get; private set; }
    /// <summary>Readings in them.</summary>
    public long Records { get; private set; }
    /// <summary>Batches left out.</summary>
    public long Damaged { get; private set; }
    /// <summary>The last batch seen, whole or not.</summary>
    public long Last { get; private set; }
    /// <summary>Why the database could not be read to its end; null where it could.</summary>
    public string? Broken { get; set; }

    /// <summary>In a sentence.</summary>
    public string EndedBecause => (Broken, Damaged) switch
    {
        (not null, _) => string.Create(CultureInfo.InvariantCulture, $"The journal is damaged behind batch {Last}: {Broken}"),
        (_, > 0) => string.Create(CultureInfo.InvariantCulture, $"The journal was read to its end; {Damaged} damaged batches between {firstDamaged} and {lastDamaged} were left out."),
        _ => "The journal was read to its end.",
    };

    /// <summary>Checks a row and hands its batch out.</summary>
    public void Take(long sequence, byte[] body, long hash, Action<ReadingBatch, long> apply)
    {
        Last = sequence;
        if (BatchTable.HashOf(sequence, body) == hash && TryRead(body, out var batch, out var receivedAt))
        {
            apply(batch, receivedAt);
            Batches++;
            Records += batch.Count;
            return;
        }

        if (Damaged++ == 0) firstDamaged = sequence;
        lastDamaged = sequence;
    }

    private static bool TryRead(byte[] body, out ReadingBatch batch, out long receivedAt)
    {
        try
        {
            batch = BatchCodec.Read(body, out receivedAt);
            return true;
        }
        catch (InvalidDataException)
        {
            (batch, receivedAt) = (new(1), 0);
            return false;
        }
    }
}
