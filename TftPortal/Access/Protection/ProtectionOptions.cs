namespace TftPortal.Access.Protection;

/// <summary>The settings <c>DataProtection:*</c>.</summary>
internal sealed class ProtectionOptions
{
    /// <summary>A certificate with its private RSA key, PKCS#12 (.pfx), that encrypts the keys of cookies on disk.</summary>
    /// <value>Absolute, or in the data folder; none by default: then the folder's mode alone protects them.</value>
    public string CertificateFile { get; set; } = "";

    /// <summary>Its password; better given as <c>DataProtection__CertificatePassword</c> than written in a file.</summary>
    public string CertificatePassword { get; set; } = "";
}
