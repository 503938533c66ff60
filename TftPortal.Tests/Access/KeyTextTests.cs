using CsCheck;
using TftPortal.Access.ApiKeys;

namespace TftPortal.Tests.Access;

public sealed class KeyTextTests
{
    [Fact]
    public void A_key_is_a_prefix_an_id_a_secret_and_a_checksum()
    {
        var key = KeyText.New("aB3dE6gH");
        Assert.Matches("^tft_aB3dE6gH_[0-9A-Za-z]{43}[0-9A-Za-z]{6}$", key);
        Assert.True(KeyText.TryRead(key, out var id));
        Assert.Equal("aB3dE6gH", id.ToString());
    }

    [Fact]
    public void No_two_keys_are_the_same() => Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => KeyText.New("aB3dE6gH")).Distinct().Count());

    [Fact]
    public void A_key_with_one_letter_mistyped_is_none() =>
        Gen.Select(Gen.Int[0, KeyText.Length - 1], Gen.Char.AlphaNumeric).Sample((place, letter) =>
        {
            var key = KeyText.New(KeyText.NewId());
            if (key[place] == letter) return;
            Assert.False(KeyText.TryRead($"{key[..place]}{letter}{key[(place + 1)..]}", out _));
        });

    [Theory]
    [InlineData("")]
    [InlineData("tft_")]
    [InlineData("tft_aB3dE6gH_0000000000000000000000000000000000000000000ÄÄÄÄÄÄ")]
    [InlineData("test-key-0123456789")]
    public void Other_texts_are_none(string text) => Assert.False(KeyText.TryRead(text, out _));
}
