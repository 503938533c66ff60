namespace TftPortal.Dashboard.Audit;

/// <summary>The kinds of actions that the page lets one choose from.</summary>
internal static class AuditWords
{
    /// <summary>How the actions begin, and what that is called.</summary>
    public static readonly (string Prefix, string Label)[] Kinds =
        [("alert.", "alerts"), ("silence.", "silences"), ("maintenance.", "maintenance"), ("rule.", "rules"), ("note.", "notes"), ("key.", "keys"), ("user.", "users"), ("session.", "sessions"), ("signin.", "sign-ins"), ("channel.", "channels"), ("route.", "routes"), ("delivery.", "messages"), ("state.", "state"), ("demo.", "demo"), ("audit.", "audit")];
}
