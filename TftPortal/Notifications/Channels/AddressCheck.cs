using System.Net;

namespace TftPortal.Notifications.Channels;

/// <summary>Judges addresses that messages are posted to. Where to is an admin's word: addresses within the house are allowed, redirects away from them are not followed.</summary>
internal static class AddressCheck
{
    private const int MaxLength = 2000;

    /// <summary>What is wrong with an address; null where nothing is. Nothing of the address is in it, for it may be a secret.</summary>
    /// <param name="text">The address.</param>
    /// <param name="mayBePlain">Whether plain HTTP is allowed beyond this machine.</param>
    /// <param name="mayHaveQuery">Whether it may have a query.</param>
    public static string? Fault(string? text, bool mayBePlain, bool mayHaveQuery)
    {
        if (string.IsNullOrWhiteSpace(text)) return "an address is needed, such as https://example.com/hook";
        if (text.Length > MaxLength) return $"an address of {text.Length} characters; allowed are {MaxLength}";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.Host.Length == 0 || text.Any(letter => char.IsControl(letter) || letter == ' ')) return "not an address; allowed is https:// with a host";
        if (url.UserInfo.Length > 0) return "a name or password in an address is written into logs on the way; leave them out";
        if (url.Fragment.Length > 0) return "an address for programs has no #…";
        if (!mayHaveQuery && url.Query.Length > 0) return "allowed is an address without ?…";
        if (url.Scheme == "http" && !mayBePlain && !IsLoopback(url)) return "by plain HTTP everybody on the way could read it; allowed is https";
        return null;
    }

    /// <summary>Whether everybody on the way can read what is posted there: plain HTTP beyond this machine.</summary>
    public static bool IsPlain(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == "http" && !IsLoopback(url);

    private static bool IsLoopback(Uri url) => url.IsLoopback || (IPAddress.TryParse(url.Host, out var address) && IPAddress.IsLoopback(address));
}
