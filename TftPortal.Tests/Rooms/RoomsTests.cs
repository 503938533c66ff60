using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Fluent.Syntax.Elements.Types;
using ArchUnitNET.Loader;
using TftPortal.Engine.Fleet;
using Assembly = System.Reflection.Assembly;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace TftPortal.Tests.Rooms;

/// <summary>Who may use whom: the end of the house's plan in the design.</summary>
public class RoomsTests
{
    private static readonly Assembly Engine = typeof(FleetOutlook).Assembly;
    private static readonly Assembly Portal = Assembly.Load("TftPortal");
    private static readonly Assembly Agent = Assembly.Load("tft-agent");
    private static readonly Architecture House = new ArchLoader().LoadAssemblies(Engine, Portal).Build();
    private static readonly HouseRules Rules = new("TftPortal.Engine");

    [Fact]
    public void The_rooms_that_we_know_are_really_looked_at()
    {
        var rooms = House.Types.Select(type => type.Namespace.FullName).ToHashSet(StringComparer.Ordinal);

        Assert.All([.. HouseRules.Flow, "Simulation", "Accuracy", "Insight", "Backtest"], room => Assert.Contains($"TftPortal.Engine.{room}", rooms));
        Assert.Contains("TftPortal.Api", rooms);
        Assert.Contains("TftPortal.Dashboard", rooms);
    }

    [Fact]
    public void No_room_uses_a_room_to_its_right() => Holds(Rules.NoRoomUsesARoomToItsRight());

    [Fact]
    public void Fleet_uses_no_other_room() => Holds(Rules.FleetUsesNone());

    [Fact]
    public void The_simulator_uses_only_the_nouns_and_no_room_uses_it()
    {
        Holds(Rules.TheSimulatorUsesOnlyTheNouns());
        Holds(Rules.NoRoomUsesTheSimulatorByItself());
    }

    [Fact]
    public void Insight_reads_up_to_alerts_and_only_loop_and_publishing_use_it() => Holds(Rules.InsightReadsUpToAlertsAndServesTheLoopAndPublishing());

    [Fact]
    public void State_and_history_use_the_window_and_only_the_loop_uses_them() => Holds(Rules.StateAndHistoryUseTheWindowAndServeTheLoop());

    [Fact]
    public void Accuracy_reads_forecasts_and_serves_only_the_loop() => Holds(Rules.AccuracyReadsForecastsAndServesTheLoop());

    [Fact]
    public void The_backtest_reads_history_and_forecasts_and_serves_no_room() => Holds(Rules.TheBacktestReadsHistoryAndForecastsAndServesNoRoom());

    [Theory]
    [InlineData(@"Microsoft\.ML\.OnnxRuntime", @"TftPortal\.Engine\.Forecasting")]
    [InlineData(@"MudBlazor", @"TftPortal\.Dashboard")]
    [InlineData(@"(Parquet|DuckDB)", @"TftPortal\.Engine\.(State|History)")]
    [InlineData(@"Microsoft\.EntityFrameworkCore", @"TftPortal\.(Access|Notifications)")]
    [InlineData(@"(MailKit|MimeKit)", @"TftPortal\.Notifications")]
    [InlineData(@"Npgsql", @"TftPortal\.Access\.(Records|Audit)")]
    [InlineData(@"(Ical|NodaTime)", @"TftPortal\.Engine\.Alerts")]
    [InlineData(@"TorchSharp", @"TftPortal\.Training")]
    [InlineData(@"Orleans", @"TftPortal\.Cluster")]
    public void A_library_stays_in_its_room(string library, string room) => Holds(StaysIn(library, @"TftPortal", room));

    [Fact]
    public void The_api_and_the_dashboard_do_not_know_each_other()
    {
        Holds(NotUse(@"TftPortal\.Api", @"TftPortal\.Dashboard"));
        Holds(NotUse(@"TftPortal\.Dashboard", @"TftPortal\.Api"));
    }

    [Fact]
    public void Notifications_know_neither_the_api_nor_the_dashboard_and_access_knows_no_notifications()
    {
        Holds(NotUse(@"TftPortal\.Notifications", @"TftPortal\.(Api|Dashboard)"));
        Holds(NotUse(@"TftPortal\.Access", @"TftPortal\.Notifications"));
    }

    [Fact]
    public void Nothing_references_training() =>
        Assert.All([Engine, Portal, Agent], house => Assert.DoesNotContain("TftPortal.Training", References(house)));

    [Fact]
    public void The_engine_and_the_agent_do_not_know_the_web() =>
        Assert.All([Engine, Agent], house => Assert.DoesNotContain(References(house), name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)));

    [Fact]
    public void These_rules_find_a_room_that_uses_a_room_to_its_right()
    {
        var crooked = new ArchLoader().LoadAssemblies(typeof(RoomsTests).Assembly).Build();
        var rules = new HouseRules("TftPortal.Tests.Rooms.Crooked");

        Assert.False(rules.NoRoomUsesARoomToItsRight().HasNoViolations(crooked));
        Assert.False(rules.FleetUsesNone().HasNoViolations(crooked));
        Assert.True(rules.TheSimulatorUsesOnlyTheNouns().HasNoViolations(crooked));
    }

    [Fact]
    public void These_rules_find_a_library_outside_its_room()
    {
        var crooked = new ArchLoader().LoadAssemblies(typeof(RoomsTests).Assembly).Build();

        Assert.False(StaysIn("CsCheck", @"TftPortal\.Tests", @"TftPortal\.Tests\.Risk").HasNoViolations(crooked));
    }

    private static TypesShouldConjunction StaysIn(string library, string house, string room) =>
        Types().That().ResideInNamespaceMatching($@"^{house}(\.|$)").And().DoNotResideInNamespaceMatching($@"^{room}(\.|$)")
            .Should().NotDependOnAnyTypesThat().Are(Types(includeReferenced: true).That().ResideInNamespaceMatching($@"^{library}(\.|$)"));

    private static TypesShouldConjunction NotUse(string room, string other) =>
        Types().That().ResideInNamespaceMatching($@"^{room}(\.|$)")
            .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching($@"^{other}(\.|$)");

    private static void Holds(IArchRule rule) =>
        Assert.Empty(rule.Evaluate(House).Where(result => !result.Passed).Select(result => result.Description));

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);
}
