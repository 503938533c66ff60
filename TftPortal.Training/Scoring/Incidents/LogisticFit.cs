namespace TftPortal.Training.Scoring.Incidents;

/// <summary>A logistic regression of two inputs and a constant, by Newton's method.</summary>
internal sealed class LogisticFit
{
    private const int Rounds = 20;
    private readonly List<(double X, double Y, bool Happened)> rows = [];

    /// <summary>Adds an observation.</summary>
    public void Add(double x, double y, bool happened) => rows.Add((x, y, happened));

    /// <summary>The two weights and the constant of greatest likelihood.</summary>
    public double[] Solve()
    {
        double[] weights = [0, 0, 0];
        for (var round = 0; round < Rounds; round++)
        {
            var equations = new double[3, 4];
            foreach (var (x, y, happened) in rows)
            {
                double[] input = [x, y, 1];
                var said = 1 / (1 + Math.Exp(-input.Zip(weights, (one, weight) => one * weight).Sum()));
                for (var i = 0; i < 3; i++)
                {
                    for (var j = 0; j < 3; j++) equations[i, j] += said * (1 - said) * input[i] * input[j];
                    equations[i, 3] += ((happened ? 1 : 0) - said) * input[i];
                }
            }

            var step = Eliminate(equations);
            for (var i = 0; i < 3; i++) weights[i] += step[i];
        }

        return weights;
    }

    private static double[] Eliminate(double[,] rows)
    {
        for (var i = 0; i < 3; i++)
        {
            for (var below = i + 1; below < 3; below++)
            {
                var factor = rows[below, i] / rows[i, i];
                for (var column = i; column < 4; column++) rows[below, column] -= factor * rows[i, column];
            }
        }

        var solved = new double[3];
        for (var i = 2; i >= 0; i--)
        {
            solved[i] = rows[i, 3];
            for (var right = i + 1; right < 3; right++) solved[i] -= rows[i, right] * solved[right];
            solved[i] /= rows[i, i];
        }

        return solved;
    }
}
