namespace TftPortal.Engine.Contract;

/// <summary>The sizes of the network's inputs. docs/decisions/model.md says why these.</summary>
public static class InputShape
{
    /// <summary>Steps that scaling and tokens look at: 288, a day of 5-minute steps.</summary>
    public const int History = 288;
    /// <summary>Days that the same-time inputs look at.</summary>
    public const int Days = 7;
    /// <summary>Steps that the inputs look at in all: 2016, a week.</summary>
    public const int Week = History * Days;
    /// <summary>Steps ahead: 96, 8 hours.</summary>
    public const int Horizon = 96;
    /// <summary>Steps in a patch.</summary>
    public const int Patch = 3;
    /// <summary>Steps in an hour.</summary>
    public const int Hour = 12;
    /// <summary>The newest steps, which the encoder sees one by one.</summary>
    public const int Recent = 72;
    /// <summary>Encoder tokens of an hour each: 18.</summary>
    public const int HourTokens = (History - Recent) / Hour;
    /// <summary>Encoder tokens of a patch each: 24.</summary>
    public const int PatchTokens = Recent / Patch;
    /// <summary>Encoder tokens: 42.</summary>
    public const int EncoderTokens = HourTokens + PatchTokens;
    /// <summary>Decoder tokens, a patch each: 32.</summary>
    public const int DecoderTokens = Horizon / Patch;

    /// <summary>Features of a metric in an encoder token: hour's min, mean, max; 3 raw steps; kind; share observed; 1.</summary>
    public const int EncoderFeatures = 9;
    /// <summary>Features of a metric in a decoder token: 6 smoothed same-time values, 3 × 3 exact ones, share of a day and of a week that is known; 1.</summary>
    public const int DecoderFeatures = 18;
    /// <summary>Calendar features of a token: sine and cosine of 24 h and 12 h, weekend.</summary>
    public const int TimeFeatures = 5;
    /// <summary>Calendar features of a decoder token: and the horizon, logarithmic and linear.</summary>
    public const int HorizonTimeFeatures = TimeFeatures + 2;
    /// <summary>Static features of a metric, see <see cref="MetricEncoder"/>; the last is 1.</summary>
    public const int StaticFeatures = 48;
    /// <summary>Anchors that are one value a step.</summary>
    public const int SeriesAnchors = 7;
    /// <summary>Anchors that are one value a quantile.</summary>
    public const int QuantileAnchors = 7;
    /// <summary>Profiles of a server, one-hot.</summary>
    public const int Profiles = 7;

    /// <summary>Observed steps among the last <see cref="History"/> that a metric needs to be an input: an hour.</summary>
    public const int RequiredSteps = 12;
}
