using TftPortal.Engine.Contract;

namespace TftPortal.Engine.Backtest;

/// <summary>How early and how right the alerts of a rule were (docs/training.md, "Incidents"). Added up over servers.</summary>
internal sealed class AlarmScore
{
    private const double StepsADay = InputShape.History;
    private readonly List<int> leads = [];
    private long steps;

    /// <summary>How many incidents began.</summary>
    public int Onsets { get; private set; }
    /// <summary>Alerts that an onset followed within the hour.</summary>
    public int Hits { get; private set; }
    /// <summary>Alerts that no incident followed within the hour.</summary>
    public int FalseAlarms { get; private set; }
    /// <summary>Alerts whose hour is not over.</summary>
    public int Open { get; private set; }
    /// <summary>Onsets with an alert in the hour before.</summary>
    public int Seen => leads.Count;
    /// <summary>Share of the onsets with an alert in the hour before.</summary>
    public double Recall => leads.Count / (double)Onsets;
    /// <summary>Share of alerts that an onset followed within the hour; NaN without any.</summary>
    public double Precision => Hits / (double)(Hits + FalseAlarms);
    /// <summary>False alarms for each server and day watched.</summary>
    public double FalseAlarmsADay => FalseAlarms / (steps / StepsADay);
    /// <summary>Median steps from the alert to the onset; NaN where none was seen coming.</summary>
    public double MedianLead => leads.Count == 0 ? double.NaN : leads.Order().ElementAt(leads.Count / 2);

    /// <summary>Onsets with an alert in the hour before, and at least so long before.</summary>
    /// <param name="lead">Steps.</param>
    public int SeenWithLead(int lead) => leads.Count(one => one >= lead);

    /// <summary>Share of the onsets with an alert in the hour before, and at least so long before.</summary>
    /// <param name="lead">Steps.</param>
    public double RecallWithLead(int lead) => SeenWithLead(lead) / (double)Onsets;

    /// <summary>Adds a server: an alert is a hit where an onset follows within the hour, else a false alarm.</summary>
    /// <param name="watch">Its incidents.</param>
    /// <param name="scores">The rule's score once a step is known, one a step.</param>
    /// <param name="threshold">An alert is raised at or above it.</param>
    public void Add(IncidentWatch watch, ReadOnlySpan<double> scores, double threshold) => Add(watch, watch.AlarmsOf(scores, threshold), watch.Steps);

    /// <summary>Adds a server's alerts.</summary>
    /// <param name="watch">Its incidents.</param>
    /// <param name="alarms">Its alerts.</param>
    /// <param name="watched">How many of the watch's steps count; what begins after them tells only how right the alerts before were.</param>
    public void Add(IncidentWatch watch, IReadOnlyCollection<Alarm> alarms, int watched)
    {
        Onsets += watch.Onsets.Count(onset => onset < watched);
        steps += watched;
        foreach (var alarm in alarms)
        {
            if (alarm.IsOpen) Open++;
            else if (alarm.Lead is not { } lead) FalseAlarms++;
            else
            {
                Hits++;
                if (alarm.Step + lead < watched) leads.Add(lead);
            }
        }
    }
}
