using System.IO.Hashing;
using System.Text;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Accuracy;

/// <summary>A server's kept forecasts and its fading scores. It never changes: the board replaces it.</summary>
internal sealed record ServerTrack
{
    /// <summary>Name of the server.</summary>
    public required string Server { get; init; }
    /// <summary>Version of the model whose forecasts these are.</summary>
    public required string ModelVersion { get; init; }
    /// <summary>The quantiles, laid out as <see cref="TrackLayout"/> says; <see cref="MetricCodec.Missing"/> where there is none.</summary>
    public required ushort[] Codes { get; init; }
    /// <summary>First step ahead of each kept forecast, by its number modulo <see cref="TrackLayout.Origins"/>.</summary>
    public required long[] Firsts { get; init; }
    /// <summary>Bit n: metric n of that forecast was answered by the baseline in the network's place.</summary>
    public required ushort[] Replaced { get; init; }
    /// <summary>Number of the newest kept forecast; −1 before the first.</summary>
    public long Newest { get; init; } = -1;
    /// <summary>Every step up to this one is scored.</summary>
    public long ScoredTo { get; init; }
    /// <summary>The next step that a kept forecast waits for; <see cref="long.MaxValue"/> where none does.</summary>
    public long NextStep { get; init; } = long.MaxValue;
    /// <summary>Its scores.</summary>
    public required FadingScores Scores { get; init; }
    /// <summary>Bit n: the baseline answers for metric n.</summary>
    public ushort Guarded { get; init; }

    /// <summary>Nothing is kept yet.</summary>
    public static ServerTrack Empty(string server, string modelVersion)
    {
        var codes = new ushort[TrackLayout.Length];
        Array.Fill(codes, MetricCodec.Missing);
        return new() { Server = server, ModelVersion = modelVersion, Codes = codes, Firsts = new long[TrackLayout.Origins], Replaced = new ushort[TrackLayout.Origins], Scores = FadingScores.None };
    }

    /// <summary>The number that a forecast from a step on bears: servers change it at different steps, so that their work is spread.</summary>
    public static long NumberOf(string server, long firstStep)
    {
        Span<byte> name = stackalloc byte[Encoding.UTF8.GetMaxByteCount(server.Length)];
        var phase = XxHash3.HashToUInt64(name[..Encoding.UTF8.GetBytes(server, name)]) % TrackLayout.Period;
        return (firstStep + (long)phase) / TrackLayout.Period;
    }

    /// <summary>Whether a forecast from a step on is to be kept.</summary>
    public bool IsDue(long firstStep) => NumberOf(Server, firstStep) > Newest;

    /// <summary>First step ahead of a kept forecast; null where there is none of this number.</summary>
    public long? FirstOf(long number)
    {
        if (number < 0 || number > Newest || number <= Newest - TrackLayout.Origins) return null;
        var first = Firsts[number % TrackLayout.Origins];
        return NumberOf(Server, first) == number ? first : null;
    }

    /// <summary>The first step after another that a kept forecast waits for; <see cref="long.MaxValue"/> where none does.</summary>
    public long NextAfter(long step)
    {
        var next = long.MaxValue;
        for (var horizon = 0; horizon < TrackLayout.HorizonCount; horizon++)
        {
            for (var number = Newest - TrackLayout.Pending(horizon) + 1; number <= Newest; number++)
            {
                if (FirstOf(number) is { } first && first + TrackLayout.Horizons[horizon] - 1 is var target && target > step) next = Math.Min(next, target);
            }
        }

        return next;
    }
}
