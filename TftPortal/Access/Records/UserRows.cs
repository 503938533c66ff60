using Microsoft.AspNetCore.Identity;

namespace TftPortal.Access.Records;

/// <summary>Somebody who may sign in, as kept. The e-mail address is the name too.</summary>
internal sealed class PortalUser : IdentityUser
{
    /// <summary>One of <see cref="SignIn.PortalRoles.All"/>.</summary>
    public required string Role { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made the account, as the audit names people.</summary>
    public required string CreatedBy { get; init; }

    public DateTimeOffset? DisabledAt { get; set; }

    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>The TOTP secret, protected by DataProtection; null where no second step is set up.</summary>
    public string? TotpSecret { get; set; }

    /// <summary>The newest time step whose code was used: a code is good once.</summary>
    public long TotpLastStep { get; set; }

    /// <summary>SHA-256 of the one-time link with which a password is chosen; null where none is out.</summary>
    public byte[]? LinkDigest { get; set; }

    public DateTimeOffset? LinkEndsAt { get; set; }
}

/// <summary>A browser that has signed in. Its cookie is a random text that only its digest is kept of.</summary>
internal sealed class SessionRow
{
    public long Number { get; init; }

    /// <summary>SHA-256 of the cookie.</summary>
    public required byte[] Digest { get; init; }

    public required string UserId { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; set; }
    public required DateTimeOffset EndsAt { get; init; }
    public required string Address { get; set; }
    public required string UserAgent { get; set; }
}

/// <summary>A recovery code that has not been used: SHA-256 of its 80 random bits.</summary>
internal sealed class RecoveryRow
{
    public required string UserId { get; init; }
    public required byte[] Digest { get; init; }
}

/// <summary>The one row that says that there is, or was, a first admin. Two who claim it at once both insert it, and the database lets one.</summary>
internal sealed class FirstAdminRow
{
    public const int Only = 1;

    public int Id { get; init; } = Only;

    public required string UserId { get; init; }
    public required DateTimeOffset At { get; init; }
}
