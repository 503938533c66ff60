using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Dashboard.Alerts;

/// <summary>A rule as it is being written: every field as the text that stands in it.</summary>
public sealed class RuleDraft
{
    /// <summary>The id of the rule that is changed; empty for a new one.</summary>
    public Guid Id { get; init; }
    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";
    /// <summary>What is measured.</summary>
    public string Metric { get; set; } = Measures.All[0];
    /// <summary>Of which profile; empty for any.</summary>
    public string Profile { get; set; } = "";
    /// <summary>Which servers.</summary>
    public string Servers { get; set; } = ServerPattern.All;
    /// <summary>Whether the metric is not watched.</summary>
    public bool IsLeftAlone { get; set; }
    /// <summary>Whether low is the danger.</summary>
    public bool IsBelow { get; set; }
    /// <summary>From where on it is a warning.</summary>
    public string Warning { get; set; } = "";
    /// <summary>From where on it is critical.</summary>
    public string Critical { get; set; } = "";
    /// <summary>From which probability on it is raised.</summary>
    public string Raise { get; set; } = "";
    /// <summary>Down to which it is held.</summary>
    public string Clear { get; set; } = "";
    /// <summary>Minutes ahead.</summary>
    public string Ahead { get; set; } = "";
    /// <summary>Pictures in a row.</summary>
    public string Cycles { get; set; } = "";
    /// <summary>How far beyond its usual.</summary>
    public string Deviation { get; set; } = "";
    /// <summary>Quiet from.</summary>
    public TimeOnly? QuietFrom { get; set; }
    /// <summary>Quiet until.</summary>
    public TimeOnly? QuietUntil { get; set; }
    /// <summary>By which clock.</summary>
    public string QuietZone { get; set; } = "UTC";

    /// <summary>Of a rule that there is.</summary>
    public static RuleDraft Of(AlertRule rule)
    {
        var draft = new RuleDraft
        {
            Id = rule.Id,
            Name = rule.Name,
            Metric = rule.Metric,
            Profile = rule.Profile ?? "",
            Servers = rule.Servers,
            IsLeftAlone = rule.IsWatched == false,
            IsBelow = rule.IsBelow,
            Warning = Written.Text(rule.Warning),
            Critical = Written.Text(rule.Critical),
            Deviation = Written.Text(rule.MinimumDeviation),
            Raise = Written.Text(rule.RaiseProbability),
            Clear = Written.Text(rule.ClearProbability),
            Ahead = Written.Text(rule.LookAheadMinutes),
            Cycles = Written.Text(rule.Cycles),
        };
        if (rule.QuietHours is { } quiet) (draft.QuietFrom, draft.QuietUntil, draft.QuietZone) = (quiet.From, quiet.Until, quiet.TimeZone);
        return draft;
    }

    /// <summary>Moves the threshold of warnings, and that of critical alerts along where it would else lie on the safer side of it.</summary>
    /// <param name="warning">Where to, in the metric's unit.</param>
    public void Suppose(float warning)
    {
        Warning = Written.Text(warning);
        if (Written.Number("critical", Critical, []) is not { } critical || (IsBelow ? critical > warning : critical < warning)) Critical = Warning;
    }

    /// <summary>Writes what holds into every field that a rule can say.</summary>
    public void Take(AppliedRule holds)
    {
        (IsLeftAlone, IsBelow) = (false, holds.IsBelow);
        (Warning, Critical, Deviation) = (Written.Text(holds.Warning), Written.Text(holds.Critical), holds.MinimumDeviation > 0 ? Written.Text(holds.MinimumDeviation) : "");
        (Raise, Clear, Ahead, Cycles) = (Written.Text(holds.RaiseProbability), Written.Text(holds.ClearProbability), Written.Text(holds.LookAheadMinutes), Written.Text(holds.Cycles));
        (QuietFrom, QuietUntil, QuietZone) = (holds.QuietHours?.From, holds.QuietHours?.Until, holds.QuietHours?.TimeZone ?? "UTC");
    }

    /// <summary>The rule that it says.</summary>
    /// <param name="unread">Receives what could not be read.</param>
    public AlertRule Read(List<OrderFault> unread)
    {
        var rule = new AlertRule { Id = Id, Name = Name, Metric = Metric, Profile = Profile.Length == 0 ? null : Profile, Servers = Servers.Trim(), IsWatched = IsLeftAlone ? false : null };
        return IsLeftAlone ? rule : rule with
        {
            IsBelow = IsBelow,
            Warning = (float?)Written.Number("warning", Warning, unread),
            Critical = (float?)Written.Number("critical", Critical, unread),
            MinimumDeviation = (float?)Written.Number("minimum_deviation", Deviation, unread),
            LookAheadMinutes = Written.Whole("look_ahead_minutes", Ahead, unread),
            RaiseProbability = Written.Number("raise_probability", Raise, unread),
            ClearProbability = Written.Number("clear_probability", Clear, unread),
            Cycles = Written.Whole("cycles", Cycles, unread),
            QuietHours = Quiet(unread),
        };
    }

    private QuietHours? Quiet(List<OrderFault> unread)
    {
        if (QuietFrom is null && QuietUntil is null) return null;
        if (QuietFrom is { } from && QuietUntil is { } until) return new() { From = from, Until = until, TimeZone = QuietZone.Trim() };
        unread.Add(new("quiet_hours", "give both times of day, or neither"));
        return null;
    }
}
