using System.Buffers;
using System.Text;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Intake;

/// <summary>A server that readings named before, with the profile that its name tells.</summary>
internal sealed record NamedServer(string Name, ServerProfile Profile);

/// <summary>
/// The names of servers by their UTF-8 bytes, so that a reading of a known server allocates nothing.
/// Bounded: a full bucket forgets one name for a new one. Safe for many threads: entries are immutable, and losing a race only costs a string.
/// </summary>
internal sealed class ServerNames(ProfileNaming profiles)
{
    public const int MaxLength = 253; // a DNS name's

    private const int Buckets = 1 << 13;
    private const int Ways = 4;
    private static readonly SearchValues<byte> Inner = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-"u8);
    private readonly NamedServer?[] entries = new NamedServer?[Buckets * Ways];

    /// <summary>The server of a name, or null where the name is not one that a server may have.</summary>
    public NamedServer? Find(ReadOnlySpan<byte> name)
    {
        var hash = Utf8Hash.Of(name);
        var bucket = entries.AsSpan((int)(hash & (Buckets - 1)) * Ways, Ways);
        foreach (var entry in bucket)
        {
            if (entry is not null && Ascii.Equals(name, entry.Name)) return entry;
        }

        if (!IsValid(name)) return null;
        var text = Encoding.ASCII.GetString(name);
        var named = new NamedServer(text, profiles.Of(text));
        var free = bucket.IndexOf((NamedServer?)null);
        bucket[free >= 0 ? free : (int)(hash >> 62)] = named;
        return named;
    }

    /// <summary>Whether a name matches <c>^[A-Za-z0-9][A-Za-z0-9._:-]{0,252}$</c>.</summary>
    private static bool IsValid(ReadOnlySpan<byte> name) =>
        name.Length is > 0 and <= MaxLength && char.IsAsciiLetterOrDigit((char)name[0]) && !name.ContainsAnyExcept(Inner);
}
