using TftPortal.Settings;

namespace TftPortal.Access.Commands;

/// <summary>What a command works with beside a portal that may run: its settings and its records, without a port and without a log, which would stand in the way of what the command prints.</summary>
internal static class CommandHost
{
    /// <summary>Builds it. It is never started.</summary>
    /// <param name="dataFolder">The data folder; null for the settings'.</param>
    /// <param name="options">Of the host whose settings count.</param>
    /// <param name="add">What the command needs.</param>
    public static WebApplication Build(string? dataFolder, Func<string[], WebApplicationOptions> options, Action<IServiceCollection, IConfiguration> add)
    {
        var builder = WebApplication.CreateBuilder(options(dataFolder is { } folder ? [$"--TFT_DATA_DIR={Path.GetFullPath(folder)}"] : []));
        builder.Logging.ClearProviders();
        builder.AddSettings();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddOptions<AccessOptions>().BindConfiguration("Access");
        add(builder.Services, builder.Configuration);
        return builder.Build();
    }
}
