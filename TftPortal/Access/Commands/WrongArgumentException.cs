namespace TftPortal.Access.Commands;

/// <summary>A command's arguments are wrong: its message says how, in one line.</summary>
internal sealed class WrongArgumentException(string message) : Exception(message);
