using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.SignIn;

namespace TftPortal.Hubs;

/// <summary>Who follows the hub may still do so? Asked with every frame: a connection outlives the request that opened it, and its key may be revoked meanwhile.</summary>
internal sealed class HubVisitors(KeyRing keys, OpenDoor door, Sessions sessions, IOptions<SignInOptions> options, TimeProvider clock)
{
    /// <summary>Why a connection gets no further frame; null while it may.</summary>
    public async ValueTask<string?> RefusalAsync(HubCallerContext connection, HubVisit visit, CancellationToken stop)
    {
        if (connection.GetHttpContext() is not { } http) return "This connection has no request.";
        if (keys.IsEmpty && door.LetsIn(http)) return null; // whatever key it brings: there is none to compare it with
        if (http.Request.Headers[KeyGate.Header].ToString() is { Length: > 0 } key)
        {
            var match = keys.Find(key, http.Connection.RemoteIpAddress);
            return match.Opens && match.Held!.Key.Scopes.HasFlag(ApiScopes.Read) ? null : "The key no longer opens this hub: it was revoked, has expired, or lost the scope read.";
        }

        if (Sessions.NumberOf(http.User) is null) return "This hub now needs a key with the scope read, or sign-in.";
        // A session is asked for in the database: as seldom as an open page asks, and once for all streams of the connection.
        if (visit.IsDue(clock, TimeSpan.FromSeconds(options.Value.RecheckSeconds))) visit.HasEnded = !await sessions.StillHoldsAsync(http.User, stop);
        return visit.HasEnded ? "The session has ended: sign in again." : null;
    }
}
