namespace TftPortal.Access.SignIn;

/// <summary>
/// The cookies. Over HTTPS their names begin with <c>__Host-</c>, so that no other host and no plain page can set them; over plain HTTP, which is for this machine, the prefix can't be had,
/// and one that was set there is not looked at over HTTPS.
/// </summary>
internal static class SessionCookie
{
    private const string Session = "tft-session";
    private const string Device = "tft-device";
    private static readonly TimeSpan DeviceLife = TimeSpan.FromDays(365);

    /// <summary>The session's text; null where none was sent, or none that can be one.</summary>
    public static string? Read(HttpContext http) => http.Request.Cookies[NameOf(http, Session)] is { Length: 43 } text ? text : null;

    /// <summary>Sets it. It goes with the browser, and the session's own end comes before that or after.</summary>
    public static void Write(HttpContext http, string text) => http.Response.Cookies.Append(NameOf(http, Session), text, Options(http));

    public static void Delete(HttpContext http) => http.Response.Cookies.Delete(NameOf(http, Session), Options(http));

    /// <summary>What a browser is known by in which somebody has signed in before.</summary>
    public static string? ReadDevice(HttpContext http) => http.Request.Cookies[NameOf(http, Device)] is { Length: < 1024 } text ? text : null;

    public static void WriteDevice(HttpContext http, string text)
    {
        var options = Options(http);
        options.MaxAge = DeviceLife;
        http.Response.Cookies.Append(NameOf(http, Device), text, options);
    }

    private static string NameOf(HttpContext http, string name) => http.Request.IsHttps ? $"__Host-{name}" : name;

    // Lax and not Strict: after a sign-in elsewhere (OIDC) the browser comes back from another site, and would not show a strict cookie that was set on the way.
    private static CookieOptions Options(HttpContext http) => new() { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
}
