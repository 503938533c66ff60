using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using TftPortal.Settings;

namespace TftPortal.Access.Protection;

/// <summary>The keys that cookies and antiforgery tokens are made with: in the data folder, so that a restart keeps them valid.</summary>
internal static class ProtectionSetup
{
    /// <summary>The folder of the keys, in the data folder.</summary>
    public const string Folder = "protection";

    // Part of what a cookie is made with: another name makes every cookie invalid. Without one it is the path that the program stands at.
    private const string ApplicationName = "TftPortal";
    private const string Key = "DataProtection:CertificateFile";

    /// <exception cref="WrongSettingException">The certificate can't be used.</exception>
    public static void AddProtection(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ProtectionOptions>().BindConfiguration("DataProtection");
        var protection = builder.Services.AddDataProtection().SetApplicationName(ApplicationName);
        builder.Services.AddOptions<KeyManagementOptions>().Configure<PortalFolders, ILoggerFactory>((keys, folders, logs) => keys.XmlRepository = new FileSystemXmlRepository(OpenFolder(folders.Data), logs));
        if (Read(builder.Configuration) is { } certificate) protection.ProtectKeysWithCertificate(certificate);
    }

    private static DirectoryInfo OpenFolder(string data)
    {
        const UnixFileMode mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var path = Path.Combine(data, Folder);
        if (OperatingSystem.IsWindows()) return Directory.CreateDirectory(path);
        Directory.CreateDirectory(data);
        var made = Directory.CreateDirectory(path, mine);
        File.SetUnixFileMode(path, mine); // one that was copied here may have another
        return made;
    }

    private static X509Certificate2? Read(ConfigurationManager settings)
    {
        var options = settings.GetSection("DataProtection").Get<ProtectionOptions>() ?? new();
        if (string.IsNullOrWhiteSpace(options.CertificateFile)) return null;
        var data = settings["Data:Folder"] ?? new DataOptions().Folder;
        var path = Path.GetFullPath(options.CertificateFile, Path.GetFullPath(data, PortalFolders.FindRoot(AppContext.BaseDirectory)));
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, options.CertificatePassword);
            using var key = certificate.GetRSAPrivateKey();
            if (key is not null) return certificate;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new WrongSettingException($"{Key} is \"{path}\", which can't be read ({fault.Message.ReplaceLineEndings(" ")}); allowed is a PKCS#12 file (.pfx) that DataProtection:CertificatePassword opens.");
        }

        SettingsCheck.Refuse(settings, Key, path, "a certificate with its private RSA key");
        return null;
    }
}
