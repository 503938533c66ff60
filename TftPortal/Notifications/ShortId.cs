using System.Security.Cryptography;

namespace TftPortal.Notifications;

/// <summary>Ids of channels and routes: short enough for an address, and not to be guessed one from another.</summary>
internal static class ShortId
{
    public static string New() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 10);
}
