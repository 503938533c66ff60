using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace TftPortal.Tests.Rooms;

/// <summary>The rules of the house, for the rooms below a namespace. A room that does not exist yet breaks none.</summary>
/// <param name="root">The namespace, for example <c>TftPortal.Engine</c>.</param>
internal sealed class HouseRules(string root)
{
    /// <summary>The flow of a reading, from left to right.</summary>
    public static readonly string[] Flow = ["Fleet", "Contract", "Intake", "Window", "Forecasting", "Risk", "Alerts", "Publishing", "Loop"];

    /// <summary>The rooms beside the flow.</summary>
    private static readonly string[] Beside = ["Simulation", "Accuracy", "Insight", "State", "History", "Backtest"];

    private static readonly string[] Stores = ["State", "History"];

    public IArchRule NoRoomUsesARoomToItsRight() => All(
        from room in Flow[..^1]
        select Never(room, Flow[(Array.IndexOf(Flow, room) + 1)..]));

    public IArchRule FleetUsesNone() => Never("Fleet", [.. Flow[1..], .. Beside]);

    public IArchRule TheSimulatorUsesOnlyTheNouns() => Never("Simulation", [.. Flow[1..], .. Beside.Except(["Simulation"])]);

    public IArchRule InsightReadsUpToAlertsAndServesTheLoopAndPublishing() => All(
        [Never("Insight", "Publishing", "Loop"), .. Flow[..^2].Select(room => Never(room, "Insight"))]);

    public IArchRule StateAndHistoryUseTheWindowAndServeTheLoop() => All(
    [
        .. from room in Stores select Never(room, [.. Flow.Except(["Fleet", "Contract", "Window"]), "Simulation", "Insight"]),
        .. Flow[..^1].Select(room => Never(room, Stores)),
    ]);

    /// <summary>It scores pictures after they are published, and the guard that it tells is the forecasters': nothing of the flow waits for it or leans on it but the loop.</summary>
    public IArchRule AccuracyReadsForecastsAndServesTheLoop() => All(
        [Never("Accuracy", "Intake", "Risk", "Alerts", "Publishing", "Loop", "Simulation", "Insight", "State", "History", "Backtest"), .. Flow[..^1].Concat(Beside).Except(["Accuracy"]).Select(room => Never(room, "Accuracy"))]);

    /// <summary>It lives through the past with everything that makes an alert, and nothing else may lean on it.</summary>
    public IArchRule TheBacktestReadsHistoryAndForecastsAndServesNoRoom() => All(
        [Never("Backtest", "Intake", "Loop", "State", "Insight"), .. Flow.Concat(Beside).Except(["Backtest"]).Select(room => Never(room, "Backtest"))]);

    public IArchRule NoRoomUsesTheSimulatorByItself() => All([.. Flow[1..], .. Beside.Except(["Simulation"])], room => Never(room, "Simulation"));

    private static IArchRule All(IEnumerable<string> rooms, Func<string, IArchRule> rule) => All(rooms.Select(rule));

    private static IArchRule All(IEnumerable<IArchRule> rules) => rules.Aggregate((all, rule) => all.And(rule));

    private ArchRule<IType> Never(string room, params string[] others) =>
        Types().That().ResideInNamespaceMatching(Of(room))
            .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching(Of(string.Join('|', others)))
            .WithoutRequiringPositiveResults();

    private string Of(string rooms) => $"^{root.Replace(".", @"\.", StringComparison.Ordinal)}\\.({rooms})($|\\.)";
}
