namespace TftPortal.Access.ApiKeys;

/// <summary>Why a key was refused, in words.</summary>
internal static class RefusalWords
{
    public static string Of(KeyRefusal reason) => reason switch
    {
        KeyRefusal.Revoked => "revoked",
        KeyRefusal.Expired => "expired",
        KeyRefusal.Rotated => "old secret after its grace",
        KeyRefusal.Network => "not from an allowed network",
        KeyRefusal.Scope => "without the scope",
        KeyRefusal.Limit => "too often",
        KeyRefusal.Address => "in a query string, so that it stands in logs now",
        _ => "none",
    };
}
