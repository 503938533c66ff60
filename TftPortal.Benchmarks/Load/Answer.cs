using System.Globalization;

namespace TftPortal.Benchmarks.Load;

/// <summary>One answer of the portal.</summary>
/// <param name="Endpoint">What was asked, for example <c>POST /feed/data</c>.</param>
/// <param name="Status">HTTP status; 0 where none came.</param>
/// <param name="Start">When it was due to be asked.</param>
/// <param name="Took">Until its last byte was there.</param>
internal sealed record Answer(string Endpoint, int Status, DateTimeOffset Start, TimeSpan Took)
{
    /// <summary>When its last byte was there.</summary>
    public DateTimeOffset End => Start + Took;

    /// <summary>Whether it is what a healthy portal answers.</summary>
    public bool IsGood => Status is 200 or 304;
}

/// <summary>A forecast cycle of the portal.</summary>
/// <param name="Start">When it began.</param>
/// <param name="Took">Until its picture was there.</param>
internal sealed record Cycle(DateTimeOffset Start, TimeSpan Took)
{
    /// <summary>Whether an answer was under way while it ran.</summary>
    public bool Overlaps(Answer answer) => answer.Start < Start + Took && answer.End > Start;
}

/// <summary>A time that the garbage collector stopped the portal.</summary>
/// <param name="End">When it let it go on.</param>
/// <param name="Took">For how long.</param>
internal sealed record Pause(DateTimeOffset End, TimeSpan Took)
{
    /// <summary>Reads what <see cref="StartupHook"/> wrote.</summary>
    public static Pause From(string text)
    {
        var parts = text.Split(' ');
        return new(DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[0], CultureInfo.InvariantCulture)), TimeSpan.FromMilliseconds(double.Parse(parts[1], CultureInfo.InvariantCulture)));
    }
}
