using Microsoft.AspNetCore.Components;
using TftPortal.Access.SignIn;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Alerts;

/// <summary>An alert: what it says, what was done with it, and something to do. It stays open while the alert moves on beneath it.</summary>
public sealed partial class AlertDialog : OrderDialog
{
    private static readonly int[] SilenceHours = [1, 4, 24, 168];

    private Doing doing;
    private string text = "";
    private bool all;
    private int hours = 1;

    /// <summary>The alert.</summary>
    [Parameter, EditorRequired]
    public Alert Alert { get; set; } = null!;

    /// <summary>What is chosen when it opens.</summary>
    [Parameter]
    public Doing First { get; set; }

    /// <summary>Whether the visitor may do something.</summary>
    [Parameter]
    public bool MayAct { get; set; }

    private IEnumerable<(Doing, string)> Choices =>
    [
        Alert.AcknowledgedBy is null ? (Doing.Acknowledge, "Take it") : (Doing.GiveBack, "Give it back"),
        (Doing.Assign, "Assign it"),
        (Doing.Comment, "Say something"),
        (Doing.Silence, "Silence it"),
        (Doing.FalseAlarm, Alert.IsFalseAlarm ? "It is real after all" : "It is a false alarm"),
    ];

    private string TextLabel => doing switch { Doing.Acknowledge => "Why, or what you do about it", Doing.Assign => "To whom", Doing.Comment => "What", Doing.Silence => "Why", _ => "Why, if you like" };

    private string TextHint => doing == Doing.Assign ? "A user's e-mail address makes it theirs; empty: nobody's" : "";

    private IReadOnlyList<string> TextFaults => [.. Of("reason"), .. Of("comment"), .. Of("to"), .. Of("servers"), .. Of("until")];

    private string Button => doing switch
    {
        Doing.Acknowledge => "Take it",
        Doing.GiveBack => "Give it back",
        Doing.Assign => text.Trim().Length == 0 ? "Make it nobody's" : "Assign it",
        Doing.Comment => "Say it",
        Doing.Silence => "Silence it",
        Doing.FalseAlarm => Alert.IsFalseAlarm ? "Call it real" : "Call it a false alarm",
        _ => "Choose something",
    };

    /// <inheritdoc />
    protected override void OnInitialized() => doing = First;

    private static string Words(int hours) => hours switch { 1 => "1 hour", < 48 => $"{hours} hours", _ => $"{hours / 24} days" };

    private void Choose(Doing chosen)
    {
        doing = chosen;
        Forget();
    }

    private Task DoAsync() => doing == Doing.Nothing ? Task.CompletedTask : SubmitAsync(PortalRoles.Operator, Order);

    private AlertOrder Order(string by) => doing switch
    {
        Doing.Silence => new SilenceOrder(Alert.Server, all ? null : Alert.Metric, Clock.GetUtcNow().AddHours(hours), text, by),
        Doing.Assign when text.Trim().Length == 0 => new ActOrder(Alert.Id, AlertActKind.Unassigned, "", by),
        _ => new ActOrder(Alert.Id, Kind(), text, by),
    };

    private AlertActKind Kind() => doing switch
    {
        Doing.Acknowledge => AlertActKind.Acknowledged,
        Doing.GiveBack => AlertActKind.Unacknowledged,
        Doing.Assign => AlertActKind.Assigned,
        Doing.Comment => AlertActKind.Commented,
        _ => Alert.IsFalseAlarm ? AlertActKind.RealAlarm : AlertActKind.FalseAlarm,
    };
}
