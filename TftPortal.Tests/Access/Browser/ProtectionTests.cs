using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Settings;
using TftPortal.Tests.Api;

namespace TftPortal.Tests.Access.Browser;

/// <summary>The keys of cookies.</summary>
public sealed class ProtectionTests
{
    private const string Password = "only for this test";

    [Fact]
    public async Task A_cookie_outlives_a_restart_and_its_keys_are_for_their_owner_alone()
    {
        using var data = new AFolder();
        var cookie = await MakeAsync(data);
        Assert.Equal("who I am", await ReadAsync(data, cookie));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(data["protection"]));
        Assert.Contains("masterKey", Written(data), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_certificate_the_keys_are_unreadable_on_disk_and_a_cookie_outlives_a_restart()
    {
        using var data = new AFolder();
        WriteCertificate(data["portal.pfx"]);
        string[] settings = ["--DataProtection:CertificateFile=portal.pfx", $"--DataProtection:CertificatePassword={Password}"];
        var cookie = await MakeAsync(data, settings);
        Assert.Equal("who I am", await ReadAsync(data, cookie, settings));
        Assert.Contains("EncryptedData", Written(data), StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", Written(data), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => ReadAsync(data, cookie)); // a copied data folder without the certificate
    }

    [Theory]
    [InlineData("portal.pfx", "not the password")]
    [InlineData("nowhere.pfx", Password)]
    public async Task A_certificate_that_cannot_be_opened_stops_the_start_and_no_password_is_told(string file, string password)
    {
        using var data = new AFolder();
        WriteCertificate(data["portal.pfx"]);
        var fault = await Assert.ThrowsAsync<WrongSettingException>(() => MakeAsync(data, $"--DataProtection:CertificateFile={file}", $"--DataProtection:CertificatePassword={password}"));
        Assert.StartsWith("DataProtection:CertificateFile is \"", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(password, fault.Message, StringComparison.Ordinal);
    }

    private static async Task<string> MakeAsync(AFolder data, params string[] settings)
    {
        await using var portal = await StartAsync(data, settings);
        return Protector(portal).Protect("who I am");
    }

    private static async Task<string> ReadAsync(AFolder data, string cookie, params string[] settings)
    {
        await using var portal = await StartAsync(data, settings);
        return Protector(portal).Unprotect(cookie);
    }

    private static Task<RunningPortal> StartAsync(AFolder data, string[] settings) =>
        RunningPortal.StartAsync(null, withEngine: false, [$"--TFT_DATA_DIR={data.Path}", .. settings]);

    private static IDataProtector Protector(RunningPortal portal) => portal.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("a test's cookie");

    private static string Written(AFolder data) => string.Concat(Directory.EnumerateFiles(data["protection"]).Select(File.ReadAllText));

    private static void WriteCertificate(string path)
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=tft-test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12, Password));
    }
}
