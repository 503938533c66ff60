using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TftPortal.Engine.Accuracy;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Backtest;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;
using TftPortal.Engine.History;
using TftPortal.Engine.Insight;
using TftPortal.Engine.Intake;
using TftPortal.Engine.Loop;
using TftPortal.Engine.Publishing;
using TftPortal.Engine.Risk;
using TftPortal.Engine.State;
using TftPortal.Engine.State.Legacy;
using TftPortal.Engine.Window;

namespace TftPortal.Engine;

/// <summary>Puts the engine together.</summary>
public static class EngineServices
{
    /// <summary>Adds the engine: its options (<c>Engine:*</c>, <c>Alerts:*</c>), its rooms, and the loop as a hosted service. A <see cref="TimeProvider"/> must be registered; without a <see cref="StatePlace"/> nothing is kept on disk.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">The settings.</param>
    public static IServiceCollection AddTftEngine(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<EngineOptions>(configuration, "Engine");
        services.AddSettings<AlertOptions>(configuration, "Alerts").AddSingleton<IValidateOptions<AlertOptions>, AlertOptionsCheck>();
        services.AddSettings<ThresholdOptions>(configuration, "Alerts:Thresholds").AddSingleton<IValidateOptions<ThresholdOptions>, ThresholdOptionsCheck>();

        services.AddSettings<StateOptions>(configuration, "State");

        services.AddSingleton<ReadingIntake>();
        services.AddSingleton(of => new FleetWindow(LimitsOf(of.Get<EngineOptions>())));
        services.AddSingleton(of => new BaselineForecaster(of.Grid(), of.GetRequiredService<TimeProvider>()));
        services.AddSingleton<OnnxForecaster>(of => OpenModel(of)!); // null where there is none
        services.AddSingleton(of => new FleetForecaster(of.GetRequiredService<BaselineForecaster>(), of.GetService<OnnxForecaster>(), of.GetRequiredService<ForecastGuard>()));
        services.AddSingleton<ForecastGuard>();
        services.AddSingleton(of => new Watchlist(of.Get<ThresholdOptions>(), of.Get<AlertOptions>().Rules));
        services.AddSingleton(of => new RiskScorer(of.GetRequiredService<Watchlist>(), of.Grid()));
        services.AddSingleton(of => new AlertDesk(of.GetRequiredService<Watchlist>(), of.Get<AlertOptions>(), of.Grid()));
        services.AddSingleton(of => new OutlookFeed(FleetOutlook.Empty(
            of.GetRequiredService<TimeProvider>().GetUtcNow(), of.Grid(),
            of.GetRequiredService<FleetForecaster>().ModelVersion, of.GetRequiredService<FleetWindow>().Counts)));
        services.AddSingleton(of => new Cadence(TimeSpan.FromSeconds(of.Get<EngineOptions>().ForecastSeconds)));
        services.AddSingleton(of => StateRoom.Open(
            of.GetService<StatePlace>(), LimitsOf(of.Get<EngineOptions>()), new LegacyReader(FeedRules.Of(ParserOf(of)), of.GetRequiredService<TimeProvider>()),
            of.GetRequiredService<TimeProvider>(), of.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(of => of.GetRequiredService<StateRoom>().Keeper);
        services.AddSingleton(of => of.GetRequiredService<StateRoom>().Journal);
        services.AddSingleton<Scribe>();
        services.AddSingleton(of => new StateSaver(
            of.GetRequiredService<StateRoom>().Store, of.GetRequiredService<StateKeeper>(), of.Get<StateOptions>(), of.GetRequiredService<TimeProvider>(), of.GetRequiredService<ILogger<StateSaver>>()));
        services.AddSingleton<ClockWatch>();
        services.AddSingleton<EngineMeter>();
        services.AddSingleton(of => new AlertFile(PathsOf(of), of.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CascadeDetector>();
        services.AddSingleton<AlertIntake>();
        services.AddSingleton<MaintenanceCalendar>();
        services.AddSingleton<BookKeeper>();
        services.AddSingleton<Hush>();
        services.AddSingleton(of => new RuleLookup(of.GetRequiredService<Watchlist>(), of.Get<AlertOptions>()));
        services.AddSingleton<AlertClerk>();
        services.AddSingleton<ForecastCycle>();
        services.AddHistory(configuration);
        services.AddBacktest(configuration);
        services.AddExplanations();
        services.AddAccuracy();
        services.AddHostedService<EngineLoop>();
        return services;
    }

    private static void AddBacktest(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<BacktestOptions>(configuration, "Backtest");
        services.AddSingleton<PastSteps>();
        services.AddSingleton(of => new BacktestCheck(of.Get<BacktestOptions>(), of.GetRequiredService<Watchlist>(), of.GetRequiredService<PastSteps>(), of.Grid(), of.GetRequiredService<TimeProvider>()));
        services.AddSingleton(of => new BacktestRunner(
            of.GetRequiredService<PastSteps>(), LimitsOf(of.Get<EngineOptions>()), new(of.Grid(), TimeSpan.FromSeconds(of.Get<EngineOptions>().ForecastSeconds)), of.Get<AlertOptions>(),
            () => of.GetService<OnnxForecaster>() is null ? null : OpenModel(of), of.GetRequiredService<TimeProvider>()));
        services.AddSingleton(of => new Backtests(
            of.Get<BacktestOptions>(), of.GetRequiredService<BacktestCheck>(), of.GetRequiredService<BacktestRunner>(), of.GetRequiredService<OutlookFeed>(), of.GetRequiredService<TimeProvider>(), of.GetRequiredService<ILogger<Backtests>>()));
    }

    // Desk and clerk have each a network's batch of their own, so that neither waits for the other. Hosted before the loop, as the history is.
    private static void AddExplanations(this IServiceCollection services)
    {
        services.AddTransient(of => new Explainer(of.GetService<OnnxForecaster>(), of.GetRequiredService<Watchlist>(), of.Get<AlertOptions>(), of.Grid(), of.GetRequiredService<TimeProvider>()));
        services.AddSingleton(of => new ExplanationDesk(of.GetRequiredService<Explainer>()));
        services.AddSingleton(of => new EvidenceFolder(PathsOf(of)));
        services.AddSingleton(of => new EvidenceClerk(
            of.GetRequiredService<EvidenceFolder>(), of.GetRequiredService<Explainer>(), of.GetRequiredService<Watchlist>(), of.Get<AlertOptions>(), of.Get<HistoryOptions>(), of.Grid(),
            of.GetRequiredService<TimeProvider>(), of.GetRequiredService<ILogger<EvidenceClerk>>()));
        services.AddHostedService(of => of.GetRequiredService<EvidenceClerk>());
    }

    // Hosted before the loop, so that the board is there before the first picture and written after the last.
    private static void AddAccuracy(this IServiceCollection services)
    {
        services.AddSingleton(of => new AccuracyBoard(of.GetRequiredService<BaselineForecaster>(), of.GetRequiredService<ForecastGuard>(), of.Grid(), of.GetRequiredService<OutlookFeed>().Latest));
        services.AddSingleton(of => of.GetService<OnnxForecaster>() is { } model ? ModelCard.Load(of.Get<EngineOptions>().ModelFolder, model.Version) : ModelCard.None);
        services.AddSingleton<AccuracyMeter>();
        services.AddSingleton(of => new AccuracyFile(PathsOf(of), of.GetRequiredService<TimeProvider>()));
        services.AddSingleton(of => new AccuracyClerk(of.GetRequiredService<AccuracyBoard>(), of.GetRequiredService<AccuracyFile>(), of.GetRequiredService<AccuracyMeter>(), of.Grid(), of.GetRequiredService<TimeProvider>(), of.GetRequiredService<ILogger<AccuracyClerk>>()));
        services.AddHostedService(of => of.GetRequiredService<AccuracyClerk>());
    }

    // Hosted before the loop: a host stops what it hosts in the opposite order, so the loop's last picture is still taken note of.
    private static void AddHistory(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<HistoryOptions>(configuration, "History").AddSingleton<IValidateOptions<HistoryOptions>, HistoryOptionsCheck>();
        services.AddSingleton<HistoryState>();
        services.AddSingleton(of => new HistoryRecorder(of.GetService<HistoryPlace>(), of.Get<HistoryOptions>(), of.GetRequiredService<HistoryState>(), of.GetRequiredService<TimeProvider>(), of.GetRequiredService<ILogger<HistoryRecorder>>()));
        services.AddHostedService(of => of.GetRequiredService<HistoryRecorder>());
        services.AddSingleton(of => new HistoryArchive(of.GetService<HistoryPlace>(), of.Get<HistoryOptions>(), of.Grid(), of.GetRequiredService<HistoryState>(), of.GetRequiredService<TimeProvider>(), of.GetRequiredService<ILogger<HistoryArchive>>()));
    }

    // A folder without a model is an engine that has the baseline alone, and says so; a model that can't be served stops the start.
    private static OnnxForecaster? OpenModel(IServiceProvider of)
    {
        var folder = of.Get<EngineOptions>().ModelFolder;
        if (!File.Exists(Path.Combine(folder, OnnxForecaster.ModelFile)))
        {
            Log.NoModel(of.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(EngineServices)), folder, OnnxForecaster.ModelFile);
            return null;
        }

        try
        {
            return new(folder, of.Grid(), of.GetRequiredService<TimeProvider>());
        }
        catch (InvalidDataException refused)
        {
            throw new OptionsValidationException("Engine", typeof(EngineOptions), [$"Engine:ModelFolder is \"{folder}\"; allowed is a folder whose model this program serves: {refused.Message}"]);
        }
    }

    // The portal's own parser knows its settings; an engine by itself has the defaults.
    private static ReadingParser ParserOf(IServiceProvider of) =>
        of.GetService<ReadingParser>() ?? new(new ProfileNaming(new IntakeOptions()), of.GetRequiredService<TimeProvider>());

    private static StatePaths? PathsOf(IServiceProvider of) => of.GetService<StatePlace>() is { } place ? new(Path.GetFullPath(place.File)) : null;

    private static WindowLimits LimitsOf(EngineOptions options) => new()
    {
        Grid = new(options.StepSeconds),
        Memory = TimeSpan.FromDays(options.MemoryDays),
        MaxAhead = TimeSpan.FromMinutes(options.MaxAheadMinutes),
        ForgetSilent = TimeSpan.FromHours(options.ForgetSilentHours),
        MaxServers = options.MaxServers,
        RequiredSteps = InputShape.RequiredSteps,
    };

    private static IServiceCollection AddSettings<T>(this IServiceCollection services, IConfiguration configuration, string section)
        where T : class
    {
        services.AddOptions<T>().Bind(configuration.GetSection(section)).ValidateOnStart();
        return services.AddSingleton<IValidateOptions<T>>(new SettingsCheck<T>(section));
    }

    private static T Get<T>(this IServiceProvider of)
        where T : class => of.GetRequiredService<IOptions<T>>().Value;

    private static StepGrid Grid(this IServiceProvider of) => new(of.Get<EngineOptions>().StepSeconds);
}

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Engine:ModelFolder {Folder} has no {File}: every server is forecast by the baseline. Train a model (docs/training.md), or name another folder, and start again.")]
    public static partial void NoModel(ILogger logger, string folder, string file);
}
