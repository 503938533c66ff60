using System.Globalization;

namespace TftPortal.Engine.Intake;

/// <summary>Why a request as a whole can't be read: then nothing of it is taken.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Type">The kind of fault in the old daemon's words, for example <c>type_error.list</c>.</param>
/// <param name="OnRecords">Whether the fault is in <c>records</c>, not in the body as a whole.</param>
/// <param name="Position">Where the text stops being JSON; null where it is JSON.</param>
public sealed record ShapeFault(string Message, string Type, bool OnRecords = false, JsonPosition? Position = null)
{
    internal static ShapeFault Missing(bool onRecords) => new("field required", "value_error.missing", onRecords);
    internal static ShapeFault NotAllowedNull { get; } = new("none is not an allowed value", "type_error.none.not_allowed", OnRecords: true);
    internal static ShapeFault NotAnObject { get; } = new("value is not a valid dict", "type_error.dict");
    internal static ShapeFault NotAList { get; } = new("value is not a valid list", "type_error.list", OnRecords: true);
    internal static ShapeFault Twice { get; } = new("records is given twice", "value_error.duplicate", OnRecords: true);
    internal static ShapeFault TooMany(int allowed) => new(string.Create(CultureInfo.InvariantCulture, $"a batch has at most {allowed} records; send the others in further batches"), "value_error.list.max_items", OnRecords: true);
}

/// <summary>Where a text stops being JSON, counted in characters as Python counts them.</summary>
/// <param name="Message">What was expected there.</param>
/// <param name="Excerpt">The text; around the place where it is long.</param>
/// <param name="Offset">Characters before the place.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
public sealed record JsonPosition(string Message, string Excerpt, int Offset, int Line, int Column);
