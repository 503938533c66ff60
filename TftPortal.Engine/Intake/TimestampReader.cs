namespace TftPortal.Engine.Intake;

/// <summary>
/// Reads ISO 8601 timestamps: <c>yyyy-MM-ddTHH:mm[:ss[.f…]]</c> with <c>Z</c>, <c>±HH:mm</c>, <c>±HHmm</c>, <c>±HH</c> or nothing behind it.
/// Without an offset it is local time of this machine's zone, as the old generator sends it. An hour that the clock skips in spring is read with the offset before the gap, as Python does;
/// of an hour that comes twice in autumn the later time is meant that is not ahead of now by more than ten minutes: a reading is of the past, but for a clock that is a little fast. Not safe for two threads at once.
/// </summary>
internal sealed class TimestampReader(TimeProvider clock)
{
    public const string Allowed = "an ISO 8601 date and time, for example 2026-11-24T01:51:29Z";

    private const long MillisecondsPerMinute = 60_000;
    private static readonly TimeSpan Fast = TimeSpan.FromMinutes(10); // how far ahead a clock may be: Engine:MaxAheadMinutes by default
    private readonly byte[] last = new byte[40];
    private int lastLength = -1;
    private long lastTime;
    private long lastMinute = long.MinValue;
    private long lastMinuteOffset;

    /// <summary>Reads a timestamp.</summary>
    /// <param name="text">The text.</param>
    /// <param name="unixMilliseconds">Milliseconds since 1970 UTC.</param>
    public bool TryRead(ReadOnlySpan<byte> text, out long unixMilliseconds)
    {
        // The readings of one batch are mostly of one moment.
        if (text.Length == lastLength && text.SequenceEqual(last.AsSpan(0, lastLength)))
        {
            unixMilliseconds = lastTime;
            return true;
        }

        if (!TryParse(text, out unixMilliseconds)) return false;
        if (text.Length <= last.Length)
        {
            text.CopyTo(last);
            (lastLength, lastTime) = (text.Length, unixMilliseconds);
        }

        return true;
    }

    private bool TryParse(ReadOnlySpan<byte> text, out long time)
    {
        time = 0;
        if (text.Length is < 16 or > 40 || text[4] != '-' || text[7] != '-' || text[13] != ':' || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ')) return false;
        if (!Digits(text[..4], out var year) || !Digits(text[5..7], out var month) || !Digits(text[8..10], out var day)) return false;
        if (!Digits(text[11..13], out var hour) || !Digits(text[14..16], out var minute)) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59) return false;

        var rest = text[16..];
        int second = 0, millisecond = 0;
        if (rest is [(byte)':', _, _, ..])
        {
            if (!Digits(rest[1..3], out second) || second > 59) return false;
            rest = rest[3..];
            if (rest is [(byte)'.' or (byte)',', ..] && !Fraction(ref rest, out millisecond)) return false;
        }

        var days = (long)(new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified) - DateTime.UnixEpoch).Days;
        var minutes = (((days * 24) + hour) * 60) + minute;
        var local = (minutes * MillisecondsPerMinute) + (second * 1000) + millisecond;
        if (rest.IsEmpty)
        {
            time = local - LocalOffset(minutes);
            return true;
        }

        if (!Offset(rest, out var offsetMinutes)) return false;
        time = local - (offsetMinutes * MillisecondsPerMinute);
        return true;
    }

    private long LocalOffset(long minute)
    {
        if (minute == lastMinute) return lastMinuteOffset;
        (lastMinute, lastMinuteOffset) = (minute, (long)OffsetOf(DateTime.UnixEpoch.AddMinutes(minute)).TotalMilliseconds);
        return lastMinuteOffset;
    }

    private TimeSpan OffsetOf(DateTime utcKind)
    {
        var zone = clock.LocalTimeZone;
        var local = DateTime.SpecifyKind(utcKind, DateTimeKind.Unspecified);
        if (zone.IsAmbiguousTime(local))
        {
            var latest = clock.GetUtcNow().UtcDateTime + Fast;
            var offsets = zone.GetAmbiguousTimeOffsets(local);
            return offsets.Where(offset => local - offset <= latest).DefaultIfEmpty(offsets.Max()).Min();
        }

        if (zone.IsInvalidTime(local) && local > DateTime.MinValue.AddDays(1)) local = local.AddDays(-1);
        return zone.GetUtcOffset(local);
    }

    private static bool Fraction(ref ReadOnlySpan<byte> rest, out int millisecond)
    {
        millisecond = 0;
        var digits = 1;
        while (digits < rest.Length && (uint)(rest[digits] - '0') <= 9) digits++;
        if (digits is < 2 or > 10) return false;
        for (var i = 1; i <= 3; i++) millisecond = (millisecond * 10) + (i < digits ? rest[i] - '0' : 0);
        rest = rest[digits..];
        return true;
    }

    private static bool Offset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text is [(byte)'Z' or (byte)'z']) return true;
        if (text[0] is not ((byte)'+' or (byte)'-')) return false;
        var digits = text[1..];
        int part = 0;
        var valid = digits.Length switch
        {
            2 => Digits(digits, out minutes),
            4 => Digits(digits[..2], out minutes) & Digits(digits[2..], out part),
            5 => digits[2] == ':' && (Digits(digits[..2], out minutes) & Digits(digits[3..], out part)),
            _ => false,
        };
        if (!valid || minutes > 23 || part > 59) return false;
        minutes = ((minutes * 60) + part) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var letter in text)
        {
            if ((uint)(letter - '0') > 9) return false;
            value = (value * 10) + (letter - '0');
        }

        return true;
    }
}
