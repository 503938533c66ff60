namespace TftPortal.Engine.Accuracy;

/// <summary>Sums over scored points of one kind. The model is whoever answered: the network, or the baseline where too little was known for it.</summary>
internal struct ScoreCell
{
    /// <summary>How many sums it has.</summary>
    public const int Sums = 9;

    public double Points, Truth, Model, Baseline, Last, Answered, Covered, Scaled, ScaledPoints;

    /// <summary>Takes another's sums in.</summary>
    public void Add(in ScoreCell other)
    {
        Points += other.Points;
        Truth += other.Truth;
        Model += other.Model;
        Baseline += other.Baseline;
        Last += other.Last;
        Answered += other.Answered;
        Covered += other.Covered;
        Scaled += other.Scaled;
        ScaledPoints += other.ScaledPoints;
    }

    /// <summary>What they come to.</summary>
    /// <param name="of">What of.</param>
    public readonly AccuracyRow Row(string of) => new(of, (long)Points, Wql(Model), Wql(Baseline), Wql(Last), Wql(Answered), ScaledPoints > 0 ? Scaled / ScaledPoints : null, Points > 0 ? Covered / Points : null);

    private readonly double? Wql(double loss) => Truth > 0 ? loss / Truth : null;
}
