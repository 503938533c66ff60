using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging.Console;

namespace TftPortal.Settings;

internal static class SystemdSetup
{
    /// <summary>
    /// Tells systemd when the portal is ready and when it stops, where systemd asks for it. Not by AddSystemd: that looks in /proc whether its parent is called systemd, and our unit hides other users' processes there
    /// (ProtectProc), so that systemd would wait for a word that never comes, and end the portal. NOTIFY_SOCKET is systemd's own way to say that it listens.
    /// </summary>
    public static void AddSystemdNotice(this IServiceCollection services)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"))) return;
        services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        services.AddSingleton<IHostLifetime, SystemdLifetime>();
        services.Configure<ConsoleLoggerOptions>(console => console.FormatterName = ConsoleFormatterNames.Systemd); // one line each, with its level for the journal
    }
}
