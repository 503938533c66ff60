using System.Globalization;
using TftPortal.Api.Shapes;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;

namespace TftPortal.Api;

/// <summary>Reads what a question about the past asks for, and collects what is wrong with it, so that all of it is said at once.</summary>
/// <param name="query">The parameters.</param>
/// <param name="now">The time.</param>
/// <param name="kept">How far back anything is kept.</param>
internal sealed class HistoryQuestion(IQueryCollection query, DateTimeOffset now, TimeSpan kept)
{
    private const int LongestText = 253; // a server's name
    private readonly List<ValidationFault> faults = [];

    /// <summary>When; the last day where something is wrong.</summary>
    public HistoryRange Range()
    {
        var range = HistoryRange.Read(Text("range"), Text("from"), Text("to"), now, kept, out var fault);
        if (fault is not null) Refuse(fault.Field, fault.Value, fault.Allowed);
        Check();
        return range!;
    }

    /// <summary>A text; null where there is none.</summary>
    public string? Text(string name)
    {
        var values = query[name];
        if (values.Count == 0) return null;
        if (values.Count == 1 && values[0] is { Length: > 0 and <= LongestText } text && !text.Any(char.IsControl)) return text;
        Refuse(name, values.Count == 1 ? values[0] ?? "" : string.Join(", ", values.AsEnumerable()), $"one text of 1 to {LongestText} characters");
        return null;
    }

    /// <summary>One of some words; null where there is none.</summary>
    public string? OneOf(string name, string[] words)
    {
        if (Text(name) is not { } text) return null;
        if (words.Contains(text, StringComparer.Ordinal)) return text;
        Refuse(name, text, string.Join(" or ", words));
        return null;
    }

    /// <summary>A number.</summary>
    public int Number(string name, int unsaid, int least, int most)
    {
        if (Text(name) is not { } text) return unsaid;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Refuse(name, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
        return unsaid;
    }

    /// <summary>Metrics; none where none are named, which means all.</summary>
    public IReadOnlyCollection<Metric> Metrics()
    {
        var metrics = new HashSet<Metric>();
        foreach (var name in query["metric"])
        {
            if (MetricCatalog.TryFind(name ?? "", out var metric)) metrics.Add(metric.Metric);
            else Refuse("metric", name ?? "", string.Join(", ", MetricCatalog.All.Select(known => known.Name)));
        }

        return metrics;
    }

    /// <summary>Goes on only where nothing is wrong.</summary>
    /// <exception cref="HistoryQuestionException">Something is; it names each parameter, its value and what is allowed.</exception>
    public void Check()
    {
        if (faults.Count > 0) throw new HistoryQuestionException(new([.. faults]));
    }

    private void Refuse(string field, string value, string allowed) => faults.Add(QueryFault.Of(field, value, allowed));
}

/// <summary>A question about the past that can't be asked.</summary>
internal sealed class HistoryQuestionException(ValidationError error) : Exception("The question can't be asked.")
{
    /// <summary>Why.</summary>
    public ValidationError Error => error;
}
