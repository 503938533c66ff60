using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Browser;
using TftPortal.Access.Limits;
using TftPortal.Access.Protection;
using TftPortal.Access.Proxies;
using TftPortal.Access.Records;
using TftPortal.Access.SignIn;
using TftPortal.Access.SignIn.Oidc;
using TftPortal.Api;
using TftPortal.Demo;
using TftPortal.Engine;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Backtest;
using TftPortal.Engine.History;
using TftPortal.Engine.Intake;
using TftPortal.Engine.Risk;
using TftPortal.Engine.State;
using TftPortal.Notifications;
using TftPortal.Notifications.Summaries;
using TftPortal.SelfMonitoring;
using TftPortal.Settings;

namespace TftPortal.Tests.Settings;

/// <summary>The settings file is what an operator reads: it must say what the code does.</summary>
public sealed class SettingsFileTests
{
    private static readonly Dictionary<Type, string> Sections = new()
    {
        [typeof(ServerOptions)] = "Server",
        [typeof(DataOptions)] = "Data",
        [typeof(AccessOptions)] = "Access",
        [typeof(RecordsOptions)] = "Records",
        [typeof(KeyOptions)] = "Keys",
        [typeof(SignInOptions)] = "SignIn",
        [typeof(OidcOptions)] = "SignIn:Oidc",
        [typeof(RateLimitOptions)] = "RateLimits",
        [typeof(BrowserOptions)] = "Browser",
        [typeof(ConnectionOptions)] = "Connections",
        [typeof(ProxyOptions)] = "Proxies",
        [typeof(ProtectionOptions)] = "DataProtection",
        [typeof(FeedOptions)] = "Feed",
        [typeof(IntakeOptions)] = "Intake",
        [typeof(EngineOptions)] = "Engine",
        [typeof(StateOptions)] = "State",
        [typeof(HistoryOptions)] = "History",
        [typeof(BacktestOptions)] = "Backtest",
        [typeof(SelfMonitorOptions)] = "Agent",
        [typeof(AlertOptions)] = "Alerts",
        [typeof(ThresholdOptions)] = "Alerts:Thresholds",
        [typeof(NotificationOptions)] = "Notifications",
        [typeof(SummaryOptions)] = "Notifications:Summary",
        [typeof(DemoOptions)] = "Demo",
    };

    private static readonly JsonSerializerOptions Names = new() { Converters = { new JsonStringEnumConverter() } };
    private static readonly string PathOfFile = Path.Combine(PortalFolders.FindRoot(AppContext.BaseDirectory), PortalFolders.SettingsFile);

    public static TheoryData<string> OptionTypes => [.. Sections.Keys.Select(type => type.Name)];

    [Fact]
    public void Every_class_of_options_has_a_section() =>
        Assert.Equal(
            [],
            new[] { typeof(EngineOptions).Assembly, typeof(DemoOptions).Assembly }.SelectMany(assembly => assembly.GetTypes())
                .Where(type => type.IsClass && type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetConstructor(Type.EmptyTypes) is not null)
                .Except(Sections.Keys).Select(type => type.FullName));

    [Theory]
    [MemberData(nameof(OptionTypes))]
    public void Every_option_stands_in_the_file_with_its_default_and_nothing_else_does(string name)
    {
        var (type, section) = Sections.Single(pair => pair.Key.Name == name);
        var written = Leaves(new ConfigurationBuilder().AddJsonFile(PathOfFile).Build().GetSection(section))
            .Where(leaf => !Sections.Values.Any(other => other.Length > section.Length && $"{section}:{leaf.Key}".StartsWith(other + ":", StringComparison.Ordinal)));

        Assert.Equal(Defaults(type), written.OrderBy(leaf => leaf.Key, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(OptionTypes))]
    public void Every_option_has_its_meaning_and_unit_above_it(string name)
    {
        var lines = File.ReadAllLines(PathOfFile);
        var (type, section) = Sections.Single(pair => pair.Key.Name == name);
        var start = Array.FindIndex(lines, line => line.TrimStart().StartsWith($"\"{section.Split(':')[^1]}\": {{", StringComparison.Ordinal));
        foreach (var option in type.GetProperties())
        {
            var at = Array.FindIndex(lines, start, line => line.TrimStart().StartsWith($"\"{option.Name}\":", StringComparison.Ordinal));
            Assert.StartsWith("//", lines[at - 1].TrimStart(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nothing_in_the_file_is_read_by_nobody() =>
        Assert.Equal([.. Sections.Values.Where(section => !section.Contains(':', StringComparison.Ordinal)).Append("Logging").Order(StringComparer.Ordinal)],
            new ConfigurationBuilder().AddJsonFile(PathOfFile).Build().GetChildren().Select(section => section.Key).Order(StringComparer.Ordinal));

    /// <summary>What the class says by itself, in the form of a settings file.</summary>
    private static IEnumerable<(string Key, string Value)> Defaults(Type type)
    {
        var json = JsonSerializer.Serialize(Activator.CreateInstance(type), type, Names);
        return Leaves(new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build()).OrderBy(leaf => leaf.Key, StringComparer.Ordinal);
    }

    private static IEnumerable<(string Key, string Value)> Leaves(IConfiguration settings) =>
        settings.AsEnumerable(makePathsRelative: true).Where(pair => !settings.GetSection(pair.Key).GetChildren().Any()).Select(pair => (pair.Key, pair.Value ?? ""));
}
