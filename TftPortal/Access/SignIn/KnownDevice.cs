using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace TftPortal.Access.SignIn;

/// <summary>
/// Knows the browsers in which somebody has signed in before (OWASP: "device cookies"): their tries are counted apart from a stranger's, so that whoever guesses from elsewhere, or from the same address,
/// doesn't keep the owner out. The cookie opens nothing.
/// </summary>
internal sealed class KnownDevice(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("TftPortal.KnownDevice");

    /// <summary>The device's own id for an account; null where the browser is not known for that account.</summary>
    public string? Find(HttpContext http, string account)
    {
        if (SessionCookie.ReadDevice(http) is not { } text) return null;
        try
        {
            return protector.Unprotect(text).Split('\n') is [var known, var id] && known == account ? id : null;
        }
        catch (CryptographicException)
        {
            return null; // made up, or of another portal
        }
    }

    /// <summary>Remembers the browser for an account, under a new id.</summary>
    public void Remember(HttpContext http, string account) => SessionCookie.WriteDevice(http, protector.Protect($"{account}\n{SecretText.New()}"));
}
