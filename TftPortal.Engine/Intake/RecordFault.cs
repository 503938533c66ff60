namespace TftPortal.Engine.Intake;

/// <summary>One thing wrong with one record of a batch.</summary>
/// <param name="Index">Index of the record in the request's list.</param>
/// <param name="ServerName">The record's server, at most 64 characters of it; null where it names none.</param>
/// <param name="Field">The field at fault; empty where the record as a whole is.</param>
/// <param name="ValueJson">What was sent, as JSON: short values as they came, long ones cut, objects and lists only hinted at; null where nothing was.</param>
/// <param name="Reason">Why it is refused, and what is allowed.</param>
/// <param name="Type">The kind of fault in the old daemon's words, for example <c>value_error</c> or <c>type_error.float</c>.</param>
public sealed record RecordFault(int Index, string? ServerName, string Field, string? ValueJson, string Reason, string Type);
