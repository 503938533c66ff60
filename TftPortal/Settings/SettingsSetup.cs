using Microsoft.Extensions.Options;
using TftPortal.Demo;
using TftPortal.Engine;
using TftPortal.Engine.History;
using TftPortal.Engine.Publishing;
using TftPortal.Engine.State;
using TftPortal.SelfMonitoring;

namespace TftPortal.Settings;

internal static class SettingsSetup
{
    /// <summary>Lays the old variables over <c>appsettings.json</c>, finds the folders, and chooses where to listen.</summary>
    public static void AddSettings(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        OldVariables.Apply(settings);
        SettingsCheck.Check<ServerOptions>(settings, "Server");
        SettingsCheck.Check<DataOptions>(settings, "Data");
        SettingsCheck.Check<EngineOptions>(settings, "Engine");
        SettingsCheck.Check<SelfMonitorOptions>(settings, "Agent");
        SettingsCheck.Check<DemoOptions>(settings, "Demo");
        SettingsCheck.Check<StateOptions>(settings, "State");
        SettingsCheck.Check<HistoryOptions>(settings, "History");

        var root = builder.Environment.ContentRootPath;
        var folders = PortalFolders.Resolve(root, settings.GetSection("Data").Get<DataOptions>() ?? new());
        builder.Services.AddSingleton(folders);
        builder.Services.AddSingleton(new StatePlace(folders.StateFile));
        builder.Services.AddSingleton(new HistoryPlace(Path.Combine(folders.Data, "history")));
        builder.Services.PostConfigure<EngineOptions>(engine => engine.ModelFolder = Path.GetFullPath(engine.ModelFolder, root));

        var port = (settings.GetSection("Server").Get<ServerOptions>() ?? new()).Port;
        var isToldWhere = !string.IsNullOrWhiteSpace(settings[WebHostDefaults.ServerUrlsKey]) || settings.GetSection("Kestrel:Endpoints").GetChildren().Any();
        if (!isToldWhere) builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
    }

    /// <summary>Validates every room's options now: once the host starts it would log the fault with its stack, and then throw it.</summary>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static void CheckOptions(this WebApplication app) => app.Services.GetService<IStartupValidator>()?.Validate();

    /// <summary>Makes the engine open its model now, for the same reason.</summary>
    /// <exception cref="OptionsValidationException"><c>Engine:ModelFolder</c> has a model that can't be served.</exception>
    public static void OpenModel(this WebApplication app) => app.Services.GetRequiredService<OutlookFeed>();

    /// <summary>Makes the engine open its state now, for the same reason.</summary>
    /// <exception cref="OptionsValidationException">The state can't be kept where the settings say.</exception>
    public static void OpenState(this WebApplication app) => app.Services.GetRequiredService<StateKeeper>();

    /// <summary>What to say, in one line, where a start fails for a reason that whoever starts it can mend; null for any other.</summary>
    public static string? Explain(Exception failure) => failure switch
    {
        WrongSettingException => failure.Message,
        OptionsValidationException wrong => string.Join(" ", wrong.Failures).ReplaceLineEndings(" "),
        AggregateException { InnerExceptions: [var first, ..] } => Explain(first),
        InvalidOperationException when failure.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal) => failure.Message,
        InvalidDataException { InnerException: { } inner } => $"{PortalFolders.SettingsFile} can't be read: {inner.Message.ReplaceLineEndings(" ")}",
        IOException when failure.Message.Contains("address already in use", StringComparison.Ordinal) => $"{failure.Message} Set PORT, ASPNETCORE_URLS or --urls.",
        _ => null,
    };
}
