using System.Collections.Immutable;
using System.Globalization;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Insight;

/// <summary>The network's attention by the clock.</summary>
/// <param name="Spans">What lies on each stretch of the last day, oldest first.</param>
/// <param name="Ahead">What lies on the steps ahead.</param>
/// <param name="Moments">The hours with the most, the most first.</param>
internal sealed record AttentionReading(ImmutableArray<AttentionSpan> Spans, double Ahead, ImmutableArray<AttentionMoment> Moments)
{
    private const int Most = 3;
    private const int PatchesOfAnHour = InputShape.Hour / InputShape.Patch;

    private static AttentionReading Nothing { get; } = new([], 0, []);

    /// <summary>Reads attention on tokens; nothing where there is none.</summary>
    /// <param name="attention">One share a token: hours of the older past, patches of the newest 72 steps, patches ahead.</param>
    /// <param name="grid">The time grid.</param>
    /// <param name="firstStep">The first step ahead.</param>
    public static AttentionReading Of(float[]? attention, StepGrid grid, long firstStep)
    {
        if (attention is null) return Nothing;
        var spans = ImmutableArray.CreateBuilder<AttentionSpan>(InputShape.EncoderTokens);
        for (var token = 0; token < InputShape.EncoderTokens; token++)
        {
            var isHour = token < InputShape.HourTokens;
            var start = isHour ? -InputShape.History + (token * InputShape.Hour) : -InputShape.Recent + ((token - InputShape.HourTokens) * InputShape.Patch);
            spans.Add(new(grid.StartOf(firstStep + start), grid.StartOf(firstStep + start + (isHour ? InputShape.Hour : InputShape.Patch)), attention[token]));
        }

        var all = spans.MoveToImmutable();
        var hours = all[..InputShape.HourTokens].Concat(all[InputShape.HourTokens..].Chunk(PatchesOfAnHour).Select(patches => new AttentionSpan(patches[0].From, patches[^1].To, patches.Sum(patch => patch.Share))));
        return new(all, attention[InputShape.EncoderTokens..].Sum(share => (double)share),
            [.. hours.OrderByDescending(hour => hour.Share).Take(Most).Select(hour => new AttentionMoment(Words(hour, grid.StartOf(firstStep)), hour.From, hour.To, hour.Share))]);
    }

    // Twelve steps are an hour on the grid that the network learned; another grid's are told by their length.
    private static string Words(AttentionSpan hour, DateTimeOffset now)
    {
        var (from, to) = (now - hour.From, now - hour.To);
        if (hour.To - hour.From != TimeSpan.FromHours(1)) return to == TimeSpan.Zero ? $"the last {Minutes(from)}" : $"{Minutes(to)} to {Minutes(from)} ago";
        return from.TotalHours switch
        {
            <= 1 => "the last hour",
            >= 24 => "yesterday at this hour",
            var hours => string.Create(CultureInfo.InvariantCulture, $"{hours - 1:0}–{hours:0} h ago"),
        };
    }

    private static string Minutes(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} minutes");
}
