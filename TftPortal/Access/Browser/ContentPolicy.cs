namespace TftPortal.Access.Browser;

/// <summary>What a browser may load and run: the texts of Content-Security-Policy. docs/decisions/security.md says why each is as it is.</summary>
internal static class ContentPolicy
{
    /// <summary>Everything but pages: if a browser is ever made to show it as one, it loads nothing, runs nothing and stands in no frame.</summary>
    public const string Data = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Of a page.</summary>
    /// <param name="nonce">The answer's own.</param>
    /// <param name="host">The host and port that the browser asked; null where its header can't stand in a policy.</param>
    /// <param name="isHttps">Whether it asked by TLS.</param>
    public static string Page(string nonce, string? host, bool isHttps)
    {
        // 'self' takes in the page's own WebSockets in CSP 3; Safari before 15.4 wants them named.
        var live = host is null ? "" : $" {(isHttps ? "wss" : "ws")}://{host}";
        return "default-src 'none'; "
            + $"script-src 'self' 'nonce-{nonce}'; " // no 'strict-dynamic': with it a page's script may add inline ones
            + $"style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; "
            + $"connect-src 'self'{live}; img-src 'self' data:; font-src 'self'; manifest-src 'self'; "
            + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; "
            + $"report-uri {ViolationReports.Path}";
    }
}
