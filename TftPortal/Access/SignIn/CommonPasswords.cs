using System.Collections.Frozen;

namespace TftPortal.Access.SignIn;

/// <summary>What is tried first: the passwords of twelve characters and more that lead every published list of leaked ones, and the words that the others are made of.</summary>
internal static class CommonPasswords
{
    public static readonly FrozenSet<string> Whole = new[]
    {
        "123456789012", "1234567890123", "12345678901234", "123456123456", "123123123123", "1q2w3e4r5t6y", "1qaz2wsx3edc", "1qaz2wsx3edc4rfv", "q1w2e3r4t5y6", "qazwsxedcrfv", "qwertyuiop123", "qwerty123456",
        "zaq12wsxcde3", "1q2w3e4r5t6y7u", "abcdefghijkl", "abcd12345678", "abc123456789", "aa123456789a", "a1b2c3d4e5f6", "passwordpassword", "password1234", "password12345", "password123456", "administrator", "adminadmin12",
        "iloveyou1234", "iloveyou12345", "letmeinletmein", "unbelievable", "thisismypassword", "correcthorsebatterystaple", "trustno1trustno1", "dragondragon", "baseball1234", "football1234", "princess1234", "sunshine1234", "michaeljordan",
        "manchesterunited", "liverpoolfc1", "christopher1", "alexander123", "nicholas1234", "jessica12345", "summer2024!!", "winter2025!!", "spring2026!!", "autumn2025!!", "welcome12345", "welcome123456", "changemenow1", "default12345",
        "temporary123", "supersecret1", "secretsecret", "monkeymonkey", "starwars1234", "superman1234", "batman123456", "pokemon12345", "metallica123", "slipknot1234", "chocolate123", "butterfly123", "beautiful123", "blink182blink",
        "qwertyqwerty", "asdfghjkl123", "asdfasdfasdf", "zxcvbnmzxcvbnm", "qweasdzxc123", "1a2b3c4d5e6f", "p@ssw0rd1234", "p@ssword1234", "passw0rd1234", "mypassword123", "newpassword1", "testtesttest", "test12345678", "guestguest12",
        "rootrootroot", "toortoortoor", "masterpassword", "raspberrypi1", "letmein12345", "adminpassword", "admin1234567", "admin123456789", "grafanagrafana", "monitoring123", "justinbieber", "onedirection1", "tinkerbell12", "mickeymouse1",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words with which such a password is made, plain: without signs, and with the letters that digits stand for. The longest first.</summary>
    public static readonly string[] Words =
    [
        "administrator", "monitoring", "tftportal", "password", "passwort", "iloveyou", "changeme", "football", "baseball", "sunshine", "princess", "trustno1", "qwertyuiop", "asdfghjkl", "superman", "starwars", "welcome", "letmein",
        "default", "monitor", "dragon", "monkey", "master", "shadow", "secret", "qwertz", "qwerty", "azerty", "portal", "summer", "winter", "spring", "autumn", "hello", "login", "admin", "guest", "passe", "abcd", "test", "root", "user", "pass", "tft",
    ];

    /// <summary>Rows of neighbours.</summary>
    public static readonly string[] Rows = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm"];
}
