using System.Collections.Immutable;
using System.Net;

namespace TftPortal.Access.ApiKeys;

/// <summary>Somebody who used a key: an address and a program.</summary>
/// <param name="Secret">The number of the secret that was used.</param>
/// <param name="Address">From where.</param>
/// <param name="UserAgent">What the program calls itself, at most 200 characters; empty where it doesn't say.</param>
/// <param name="Requests">Requests that were let through.</param>
/// <param name="LastAt">When the last of those was; null where none was.</param>
/// <param name="RefusedAt">When the last refused request was; null where none was.</param>
/// <param name="Reason">Why that was refused.</param>
internal sealed record KeyCaller(int Secret, string Address, string UserAgent, long Requests, DateTimeOffset? LastAt, DateTimeOffset? RefusedAt, KeyRefusal Reason);

/// <summary>How often a key was used in an hour.</summary>
/// <param name="Hour">Hours since 1970 UTC.</param>
/// <param name="Requests">Requests let through.</param>
/// <param name="Refused">Requests refused.</param>
internal readonly record struct KeyHour(long Hour, int Requests, int Refused);

/// <summary>
/// What is counted of one key's use, in memory: a request only ever counts here, and <see cref="KeyLedger"/> writes it down in the background.
/// Bounded: the last <see cref="MaxCallers"/> callers of each secret, and 25 hours.
/// </summary>
internal sealed class KeyUse
{
    /// <summary>How many callers are remembered of each secret; the one longest silent is forgotten first.</summary>
    public const int MaxCallers = 50;

    private const int MaxUserAgent = 200;
    private const int HoursKept = 25;
    private readonly Lock counting = new();
    private readonly List<Caller> callers = []; // the last heard of first
    private readonly KeyHour[] hours = new KeyHour[HoursKept];
    private bool isChanged;

    /// <summary>Every caller that is remembered, the last heard of first.</summary>
    public ImmutableArray<KeyCaller> Callers
    {
        get
        {
            lock (counting) return [.. callers.Select(caller => caller.Picture())];
        }
    }

    /// <summary>Counts a request that was let through.</summary>
    public void Allow(int secret, IPAddress? address, string userAgent, DateTimeOffset now)
    {
        lock (counting)
        {
            var caller = Find(secret, address, userAgent);
            caller.Requests++;
            caller.LastAt = now;
            var hour = HourOf(now);
            At(hour) = At(hour) with { Requests = At(hour).Requests + 1 };
            isChanged = true;
        }
    }

    /// <summary>Counts a request that was refused though the key is ours.</summary>
    public void Refuse(int secret, IPAddress? address, string userAgent, KeyRefusal reason, DateTimeOffset now)
    {
        lock (counting)
        {
            var caller = Find(secret, address, userAgent);
            caller.RefusedAt = now;
            caller.Reason = reason;
            var hour = HourOf(now);
            At(hour) = At(hour) with { Refused = At(hour).Refused + 1 };
            isChanged = true;
        }
    }

    /// <summary>How many requests were let through and refused in this hour and the 23 before it.</summary>
    public (int Requests, int Refused) InDay(DateTimeOffset now)
    {
        var first = HourOf(now) - 23;
        lock (counting)
        {
            var day = hours.Where(hour => hour.Hour >= first).ToList();
            return (day.Sum(hour => hour.Requests), day.Sum(hour => hour.Refused));
        }
    }

    /// <summary>What there is to write down; null where nothing was counted since the last time.</summary>
    public (ImmutableArray<KeyCaller> Callers, ImmutableArray<KeyHour> Hours)? TakeChanges()
    {
        lock (counting)
        {
            if (!isChanged) return null;
            isChanged = false;
            return ([.. callers.Select(caller => caller.Picture())], [.. hours.Where(hour => hour.Hour > 0)]);
        }
    }

    /// <summary>Says that what was taken could not be written down.</summary>
    public void KeepChanges()
    {
        lock (counting) isChanged = true;
    }

    /// <summary>Goes on from what was written down.</summary>
    public void Restore(IEnumerable<KeyCaller> earlier, IEnumerable<KeyHour> earlierHours)
    {
        lock (counting)
        {
            callers.AddRange(earlier.OrderByDescending(caller => Later(caller.LastAt, caller.RefusedAt)).Select(caller => new Caller(caller)));
            foreach (var hour in earlierHours)
            {
                if (At(hour.Hour).Hour <= hour.Hour) hours[hour.Hour % HoursKept] = hour;
            }
        }
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    private static long HourOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / 3600;

    private ref KeyHour At(long hour)
    {
        ref var slot = ref hours[hour % HoursKept];
        if (slot.Hour < hour) slot = new(hour, 0, 0);
        return ref slot;
    }

    private Caller Find(int secret, IPAddress? address, string userAgent)
    {
        if (address is { IsIPv4MappedToIPv6: true }) address = address.MapToIPv4();
        var program = userAgent.AsSpan(0, Math.Min(userAgent.Length, MaxUserAgent));
        var known = 0;
        var last = 0;
        for (var i = 0; i < callers.Count; i++)
        {
            var caller = callers[i];
            if (caller.Secret != secret) continue;
            known++;
            last = i;
            if (!Equals(caller.Address, address) || !program.SequenceEqual(caller.UserAgent)) continue;
            if (i > 0) MoveToFront(i);
            return caller;
        }

        if (known >= MaxCallers) callers.RemoveAt(last);
        callers.Insert(0, new(secret, address, program.ToString()));
        return callers[0];
    }

    private void MoveToFront(int index)
    {
        var caller = callers[index];
        callers.RemoveAt(index);
        callers.Insert(0, caller);
    }

    private sealed class Caller(int secret, IPAddress? address, string userAgent)
    {
        public Caller(KeyCaller earlier)
            : this(earlier.Secret, IPAddress.TryParse(earlier.Address, out var address) ? address : null, earlier.UserAgent) =>
            (Requests, LastAt, RefusedAt, Reason) = (earlier.Requests, earlier.LastAt, earlier.RefusedAt, earlier.Reason);

        public int Secret => secret;

        public IPAddress? Address => address;

        public string UserAgent => userAgent;

        public long Requests { get; set; }

        public DateTimeOffset? LastAt { get; set; }

        public DateTimeOffset? RefusedAt { get; set; }

        public KeyRefusal Reason { get; set; }

        public KeyCaller Picture() => new(secret, address?.ToString() ?? "unknown", userAgent, Requests, LastAt, RefusedAt, Reason);
    }
}
