namespace TftPortal.Engine.Intake;

/// <summary>A batch could not be made durable, and so none of it was taken: send it again later. Its message says why, for whoever sent it.</summary>
/// <param name="message">Why.</param>
/// <param name="cause">What was caught.</param>
public sealed class IntakeUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
