using System.Collections.Immutable;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Engine.Alerts;

/// <summary>Keeps silences, maintenance windows, admins' rules, what was missed and notes on servers. Orders come to it checked (<see cref="OrderCheck"/>).</summary>
internal sealed class BookKeeper(Watchlist watchlist)
{
    /// <summary>How many of each there may be. Silences that are over make room for new ones.</summary>
    public const int Most = 1_000;

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7); // silences that are over

    /// <summary>What stands in the book.</summary>
    public AlertBook Book { get; private set; } = AlertBook.Empty;

    /// <summary>Goes on with another book: the one from before a restart, or from before what could not be kept.</summary>
    public void Open(AlertBook book)
    {
        if (!book.Rules.SequenceEqual(Book.Rules)) watchlist.Adopt(book.Rules);
        Book = book;
    }

    /// <summary>Does what an order says, if it is about the book.</summary>
    /// <returns>What became of it.</returns>
    public OrderAnswer Do(AlertOrder order, DateTimeOffset now) => order switch
    {
        SilenceOrder silence => Add(silence, now),
        EndSilenceOrder end => End(end, now),
        MissedOrder missed => Add(missed, now),
        MaintenanceOrder maintenance => Set(maintenance, now),
        RemoveMaintenanceOrder remove => Remove(remove.Window, "maintenance window", Book.Maintenance, window => window.Id, windows => Book with { Maintenance = windows }),
        RuleOrder rule => Set(rule, now),
        RemoveRuleOrder remove => Remove(remove.Rule, "rule", Book.Rules, rule => rule.Id, rules => Book with { Rules = rules }),
        NoteOrder note => Add(note, now),
        RemoveNoteOrder remove => Remove(remove.Note, "note", Book.Notes, note => note.Id, notes => Book with { Notes = notes }),
        _ => throw new ArgumentException($"{order.GetType().Name} is not about the book.", nameof(order)),
    };

    private OrderAnswer Add(SilenceOrder order, DateTimeOffset now)
    {
        var kept = Book.Silences.RemoveAll(silence => now - silence.Until > Remembered);
        if (kept.Length >= Most)
        {
            if (kept.Where(silence => !silence.IsOn(now)).MinBy(silence => silence.Until) is not { } over) return TooMany("silences that hold", "servers");
            kept = kept.Remove(over);
        }

        var silence = new AlertSilence { Id = Guid.CreateVersion7(now), Servers = order.Servers, Metric = order.Metric, From = now, Until = order.Until, Reason = order.Reason.Trim(), By = order.By };
        Open(Book with { Silences = kept.Insert(0, silence) });
        return OrderAnswer.Done(silence.Id);
    }

    private OrderAnswer End(EndSilenceOrder order, DateTimeOffset now)
    {
        if (Book.Silences.FirstOrDefault(silence => silence.Id == order.Silence) is not { } silence) return OrderAnswer.Unknown("silence", order.Silence);
        if (now < silence.Until) Open(Book with { Silences = Book.Silences.Replace(silence, silence with { Until = now, EndedBy = order.By }) }); // asked twice, done once
        return OrderAnswer.Done(silence.Id);
    }

    private OrderAnswer Add(MissedOrder order, DateTimeOffset now)
    {
        Open(Book with { Missed = [new(order.Server, order.Metric, order.At, order.Text.Trim(), order.By, now), .. Book.Missed.Take(Most - 1)] });
        return OrderAnswer.Done(Guid.Empty);
    }

    private OrderAnswer Add(NoteOrder order, DateTimeOffset now)
    {
        if (Book.Notes.Length >= Most) return TooMany("notes", "note"); // somebody's words are not dropped for somebody else's
        var note = new ServerNote(Guid.CreateVersion7(now), order.Server, order.Text.Trim(), order.By, now);
        Open(Book with { Notes = Book.Notes.Insert(0, note) });
        return OrderAnswer.Done(note.Id);
    }

    private OrderAnswer Set(MaintenanceOrder order, DateTimeOffset now)
    {
        var (id, others) = Others(order.Window.Id, Book.Maintenance, window => window.Id, now);
        if (order.Window.Id != Guid.Empty && others.Length == Book.Maintenance.Length) return OrderAnswer.Unknown("maintenance window", id);
        if (others.Length >= Most) return TooMany("maintenance windows", "name");
        var window = order.Window with { Id = id, Name = order.Window.Name.Trim(), By = order.By, ChangedAt = now };
        if (others.Any(other => string.Equals(other.Name, window.Name, StringComparison.OrdinalIgnoreCase))) return Taken(window.Name);
        Open(Book with { Maintenance = [.. others.Append(window).OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase)] });
        return OrderAnswer.Done(id);
    }

    private OrderAnswer Set(RuleOrder order, DateTimeOffset now)
    {
        var (id, others) = Others(order.Rule.Id, Book.Rules, rule => rule.Id, now);
        if (order.Rule.Id != Guid.Empty && others.Length == Book.Rules.Length) return OrderAnswer.Unknown("rule", id);
        if (others.Length >= Most) return TooMany("rules", "name");
        var rule = order.Rule with { Id = id, Name = order.Rule.Name.Trim(), By = order.By, ChangedAt = now };
        if (others.Any(other => string.Equals(other.Name, rule.Name, StringComparison.OrdinalIgnoreCase))) return Taken(rule.Name);
        Open(Book with { Rules = [.. others.Append(rule).OrderBy(one => one.Metric, StringComparer.Ordinal).ThenBy(one => one.Name, StringComparer.OrdinalIgnoreCase)] });
        return OrderAnswer.Done(id);
    }

    private static (Guid Id, ImmutableArray<T> Others) Others<T>(Guid id, ImmutableArray<T> all, Func<T, Guid> idOf, DateTimeOffset now) =>
        id == Guid.Empty ? (Guid.CreateVersion7(now), all) : (id, all.RemoveAll(one => idOf(one) == id));

    private OrderAnswer Remove<T>(Guid id, string what, ImmutableArray<T> all, Func<T, Guid> idOf, Func<ImmutableArray<T>, AlertBook> without)
    {
        var left = all.RemoveAll(one => idOf(one) == id);
        if (left.Length == all.Length) return OrderAnswer.Unknown(what, id);
        Open(without(left));
        return OrderAnswer.Done(id);
    }

    private static OrderAnswer Taken(string name) => OrderAnswer.Refused([new("name", $"{Words.Quoted(name)} is taken; allowed is a name that no other has")]);

    private static OrderAnswer TooMany(string what, string field) => OrderAnswer.Refused([new(field, $"there are {Most} {what} already, and no more are allowed; remove some first")]);
}
