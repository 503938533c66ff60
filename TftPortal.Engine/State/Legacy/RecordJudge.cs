using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.State.Legacy;

/// <summary>
/// Judges records by the rules for readings: <c>POST /feed/data</c>'s own, so that a file brings in nothing that the feed would refuse.
/// This room does not know the intake; who puts the engine together hands it in.
/// </summary>
/// <param name="body">The records as a body of that request, <c>{"records":[{…},…]}</c> in UTF-8.</param>
internal delegate JudgedRecords RecordJudge(ReadOnlySpan<byte> body);

/// <summary>What became of records.</summary>
/// <param name="Accepted">Those that are readings, in their order.</param>
/// <param name="Refused">How many are none.</param>
/// <param name="Faults">What is wrong with those; it may be cut.</param>
internal sealed record JudgedRecords(ReadingBatch Accepted, int Refused, IReadOnlyList<RecordRefusal> Faults);

/// <summary>One thing wrong with one record.</summary>
/// <param name="Index">Which record of the body.</param>
/// <param name="Server">Its server; null where it names none.</param>
/// <param name="Field">The field at fault; empty where the record as a whole is.</param>
/// <param name="Reason">What is wrong and what is allowed.</param>
internal sealed record RecordRefusal(int Index, string? Server, string Field, string Reason);
