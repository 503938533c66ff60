namespace TftPortal.Settings;

/// <summary>A setting is wrong: its message, one line, names the key, the value and what is allowed.</summary>
internal sealed class WrongSettingException(string message) : Exception(message);
