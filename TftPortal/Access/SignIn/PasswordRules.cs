using System.Text;
using Microsoft.AspNetCore.Identity;
using TftPortal.Access.Records;

namespace TftPortal.Access.SignIn;

/// <summary>What a password may be, after NIST SP 800-63B: long, and not one that is tried first; no rules about kinds of characters, which make people write Password123!.</summary>
internal sealed class PasswordRules : IPasswordValidator<PortalUser>
{
    /// <summary>The fewest characters.</summary>
    public const int MinLength = 12;

    /// <summary>The most characters: what is hashed slowly must not be without end.</summary>
    public const int MaxLength = 256;

    public Task<IdentityResult> ValidateAsync(UserManager<PortalUser> manager, PortalUser user, string? password) =>
        Task.FromResult(FaultOf(password ?? "", user.Email) is { } fault ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = fault }) : IdentityResult.Success);

    /// <summary>What is wrong with a password; null where nothing is.</summary>
    /// <param name="password">The password.</param>
    /// <param name="email">Whose it is.</param>
    public static string? FaultOf(string password, string? email)
    {
        if (password.EnumerateRunes().Count() < MinLength) return "A password has at least 12 characters. Several words together are easy to remember.";
        if (password.Length > MaxLength) return "A password has at most 256 characters.";
        var plain = Plain(password);
        if (email is not null && Parts(email).Any(part => plain.Contains(part, StringComparison.Ordinal) && plain.Length - part.Length < MinLength - 4)) return "This password is mostly the e-mail address. Take another.";
        return IsCommon(password, plain) ? "This password is one of the first that are tried. Take another: several words that don't belong together." : null;
    }

    private static bool IsCommon(string password, string plain)
    {
        if (CommonPasswords.Whole.Contains(password.ToLowerInvariant())) return true;
        if (password.Distinct().Count() < 5 || IsRepetition(password) || IsRun(password.ToLowerInvariant())) return true;
        // What is left of "P@ssw0rd-2026!!" when everything that is always tried is taken out.
        var rest = CommonPasswords.Words.Aggregate(plain, (text, word) => text.Replace(word, "", StringComparison.Ordinal));
        return rest.Length < plain.Length && rest.Count(char.IsLetter) < 4;
    }

    private static bool IsRepetition(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (Enumerable.Range(length, text.Length - length).All(index => text[index] == text[index - length])) return true;
        }

        return false;
    }

    // Along the alphabet, the digits or the keyboard, up or down, for all of it.
    private static bool IsRun(string text)
    {
        var steps = 0;
        for (var index = 1; index < text.Length; index++)
        {
            if (CommonPasswords.Rows.Any(row => row.IndexOf(text[index - 1], StringComparison.Ordinal) is >= 0 and var at && row.IndexOf(text[index], StringComparison.Ordinal) is >= 0 and var next && Math.Abs(next - at) <= 1)) steps++;
        }

        return steps >= text.Length - 3;
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.ToLowerInvariant())
        {
            var read = letter switch { '@' or '4' => 'a', '0' => 'o', '1' or '!' => 'i', '3' => 'e', '$' or '5' => 's', '7' => 't', _ => letter };
            if (char.IsLetterOrDigit(read)) plain.Append(read);
        }

        return plain.ToString();
    }

    private static IEnumerable<string> Parts(string email) => email.Split('@', '.', '-', '_', '+').Where(part => part.Length >= 4).Select(Plain).Append(Plain(email.Split('@')[0])).Where(part => part.Length >= 4);
}
