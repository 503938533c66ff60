using System.ComponentModel.DataAnnotations;

namespace TftPortal.Access.SignIn;

/// <summary>The settings <c>SignIn:*</c>.</summary>
internal sealed class SignInOptions
{
    /// <summary>The first admin's e-mail address, for a start without the setup page; <c>TFT_ADMIN_EMAIL</c> overrides it. Read only while there is no user.</summary>
    /// <value>None by default.</value>
    public string AdminEmail { get; set; } = "";

    /// <summary>The first admin's password; <c>TFT_ADMIN_PASSWORD</c> overrides it. Better changed after the first sign-in, since environments are read by many.</summary>
    /// <value>At least 12 characters and not a common one; none by default.</value>
    public string AdminPassword { get; set; } = "";

    /// <summary>After how long without use a session ends, hours.</summary>
    /// <value>From 1 to 720; 12 by default.</value>
    [Range(1, 720)]
    public int IdleHours { get; set; } = 12;

    /// <summary>After how long a session ends however it is used, hours.</summary>
    /// <value>From 1 to 8,760; 168 (a week) by default.</value>
    [Range(1, 8760)]
    public int MaxHours { get; set; } = 168;

    /// <summary>How often an open page asks whether its session still stands, seconds: a disabled user's pages stop within that time.</summary>
    /// <value>From 1 to 30; 15 by default.</value>
    [Range(1, 30)]
    public int RecheckSeconds { get; set; } = 15;

    /// <summary>Roles that must have a second step (TOTP), separated by commas; one without sees nothing before it is set up.</summary>
    /// <value>Viewer, Operator, Admin; none by default.</value>
    public string RequireTotpFor { get; set; } = "";

    /// <summary>Whether passwords may come from other machines over plain HTTP, where everybody in between can read them.</summary>
    /// <value>False by default: other machines sign in over HTTPS.</value>
    public bool AllowPlainHttp { get; set; }

    /// <summary>How long the link holds with which the first admin is set up, minutes from the start.</summary>
    /// <value>From 5 to 1,440; 60 by default.</value>
    [Range(5, 1440)]
    public int SetupMinutes { get; set; } = 60;

    /// <summary>How long a one-time link holds with which a user chooses a password, hours.</summary>
    /// <value>From 1 to 336; 72 by default.</value>
    [Range(1, 336)]
    public int LinkHours { get; set; } = 72;
}
