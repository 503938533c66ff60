using TftPortal.Access.ApiKeys;

namespace TftPortal.Tests.Access;

/// <summary>Somebody who asks: with a key, with a session, with neither.</summary>
/// <param name="Key">The key that is sent; null for none.</param>
/// <param name="Scopes">What that key allows.</param>
/// <param name="Cookie">The session's cookie; null for none.</param>
/// <param name="Role">The role of who signed in; null for nobody.</param>
internal sealed record Caller(string? Key, ApiScopes Scopes, string? Cookie = null, string? Role = null);
