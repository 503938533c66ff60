using TftPortal.Access.SignIn;

namespace TftPortal.Tests.Access.SignIn;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("quiet lamp over nine rivers")]
    [InlineData("tTp9#vQx2!mKe")]
    [InlineData("längliche Brücken im Nebel")]
    [InlineData("🐢🐢🐙🐙🦊🦊🐌🐌🦉🦉🐝🐞")]
    public void A_long_password_that_is_nobodys_first_guess_is_taken(string password) => Assert.Null(PasswordRules.FaultOf(password, "ada@example.com"));

    [Theory]
    [InlineData("eleven char")]
    [InlineData("password1234")]
    [InlineData("P@ssw0rd-2026!!")]
    [InlineData("aaaaaaaaaaaaaa")]
    [InlineData("abc1abc1abc1abc1")]
    [InlineData("qwertyuiopasdf")]
    [InlineData("123456789012345")]
    [InlineData("Administrator1")]
    [InlineData("Welcome-Admin-2026")]
    [InlineData("tftportal123!")]
    [InlineData("ada.lovelace1")]
    [InlineData("lovelace2026!")]
    public void What_is_short_common_or_the_owners_address_is_refused(string password) => Assert.NotNull(PasswordRules.FaultOf(password, "ada.lovelace@example.com"));

    // RFC 6238, appendix B, the last six digits of the SHA-1 column.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeAt("12345678901234567890"u8.ToArray(), Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Fact]
    public void A_secret_is_typed_as_the_apps_want_it() => Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.ToBase32("12345678901234567890"u8));
}
