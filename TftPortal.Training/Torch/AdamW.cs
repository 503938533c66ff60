using TorchSharp;
using static TorchSharp.torch;

namespace TftPortal.Training.Torch;

/// <summary>AdamW (Loshchilov and Hutter 2019) on one vector, with cached Scalars: the library's own makes temporary ones that crash after some 0.5 million operations.</summary>
/// <param name="weights">The vector to change.</param>
/// <param name="decayMask">1 where weight decay applies.</param>
internal sealed class AdamW(Tensor weights, Tensor decayMask)
{
    private const double Beta1 = .9, Beta2 = .98;
    private static readonly Scalar Keep1 = Beta1.ToScalar(), Take1 = (1 - Beta1).ToScalar(), Keep2 = Beta2.ToScalar(), Take2 = (1 - Beta2).ToScalar();
    private static readonly Scalar Epsilon = 1e-8.ToScalar();

    /// <summary>Running mean of the gradient.</summary>
    public Tensor First { get; } = zeros_like(weights).DetachFromDisposeScope();
    /// <summary>Running mean of its square.</summary>
    public Tensor Second { get; } = zeros_like(weights).DetachFromDisposeScope();
    /// <summary>Steps taken.</summary>
    public int Steps { get; set; }

    /// <summary>Takes one step.</summary>
    /// <param name="gradient">Of the size of the vector.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="decay">Weight decay.</param>
    /// <param name="clip">Largest norm of the gradient; a larger one is scaled down.</param>
    public void Step(Tensor gradient, double rate, double decay, double clip)
    {
        using var _ = no_grad();
        var norm = gradient.norm().item<float>();
        if (!float.IsFinite(norm)) return; // a batch that overflowed teaches nothing; the next one is drawn anew
        if (norm > clip)
        {
            using var factor = (clip / norm).ToScalar();
            gradient.mul_(factor);
        }

        Steps++;
        First.mul_(Keep1).add_(gradient, Take1);
        Second.mul_(Keep2).addcmul_(gradient, gradient, Take2);
        using var correction = (1 / Math.Sqrt(1 - Math.Pow(Beta2, Steps))).ToScalar();
        using var step = (-rate / (1 - Math.Pow(Beta1, Steps))).ToScalar();
        using var shrink = (-rate * decay).ToScalar();
        var size = Second.sqrt().mul_(correction).add_(Epsilon);
        if (decay > 0) weights.addcmul_(weights, decayMask, shrink);
        weights.addcdiv_(First, size, step);
    }
}
