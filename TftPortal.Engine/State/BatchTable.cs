using System.Buffers;
using System.IO.Hashing;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.State;

/// <summary>The rows of the journal: a batch each, with a hash of its own. Belongs to one thread at a time.</summary>
internal sealed class BatchTable
{
    private readonly ArrayBufferWriter<byte> buffer = new(4096);

    /// <summary>A batch's hash: XXH3 of its body with its sequence as seed, so that a row in another's place is damaged too.</summary>
    public static long HashOf(long sequence, ReadOnlySpan<byte> body) => (long)XxHash3.HashToUInt64(body, sequence);

    /// <summary>Writes batches, inside a transaction.</summary>
    /// <param name="journal">The database.</param>
    /// <param name="batches">The batches.</param>
    /// <param name="receivedAt">When they came in, milliseconds since 1970 UTC.</param>
    /// <param name="first">The first one's sequence.</param>
    /// <param name="doubtfulFrom">From where rows may lie there that were refused: they are deleted first.</param>
    public void Insert(JournalDatabase journal, IReadOnlyList<ReadingBatch> batches, long receivedAt, long first, long doubtfulFrom)
    {
        if (doubtfulFrom < first)
        {
            using var undo = journal.Command("DELETE FROM batches WHERE seq >= $0", doubtfulFrom);
            undo.ExecuteNonQuery();
        }

        using var insert = journal.Command("INSERT INTO batches(seq, records, body, hash) VALUES($0, $1, $2, $3)", 0L, 0L, Array.Empty<byte>(), 0L);
        for (var index = 0; index < batches.Count; index++)
        {
            buffer.ResetWrittenCount();
            BatchCodec.Write(buffer, batches[index], receivedAt);
            insert.Parameters[0].Value = first + index;
            insert.Parameters[1].Value = (long)batches[index].Count;
            insert.Parameters[2].Value = buffer.WrittenSpan.ToArray();
            insert.Parameters[3].Value = HashOf(first + index, buffer.WrittenSpan);
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>Hands rows to a reading, in order.</summary>
    public static void Read(JournalDatabase journal, long after, JournalReading reading, Action<ReadingBatch, long> apply)
    {
        using var select = journal.Command("SELECT seq, body, hash FROM batches WHERE seq > $0 ORDER BY seq", after);
        using var rows = select.ExecuteReader();
        while (rows.Read()) reading.Take(rows.GetInt64(0), rows.GetValue(1) as byte[] ?? [], rows.GetValue(2) is long hash ? hash : 0, apply); // a damaged row may hold anything
    }
}
