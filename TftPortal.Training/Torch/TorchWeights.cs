using TftPortal.Training.Network;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TftPortal.Training.Torch;

/// <summary>
/// All weights in one flat vector, of which every weight is a view: the optimiser, the moving average and a checkpoint each handle
/// one tensor. Weights are declared by running the network once; <see cref="Pack"/> then lays them into the vector.
/// </summary>
internal sealed class TorchWeights
{
    private readonly List<(string Name, Tensor Tensor)> declared = [];
    private readonly Dictionary<string, Tensor> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LSTM> lstms = new(StringComparer.Ordinal);
    private Tensor? flat;

    /// <summary>The vector; after <see cref="Pack"/>.</summary>
    public Tensor Flat => flat ?? throw new InvalidOperationException("Run the network once and call Pack before the vector is used.");

    /// <summary>A weight; declared at first use.</summary>
    public Tensor Get(string name, Start start, long[] shape)
    {
        if (byName.TryGetValue(name, out var weight)) return weight;
        if (flat is not null) throw new InvalidOperationException($"The weight {name} was not declared before Pack.");
        using var _ = no_grad();
        weight = start switch
        {
            Start.Zeros => zeros(shape),
            Start.Ones => ones(shape),
            Start.Small => nn.init.normal_(empty(shape), 0, .1),
            _ => Uniform(shape, Math.Sqrt(6.0 / (shape[^1] + shape[^2]))),
        };
        Declare(name, weight.DetachFromDisposeScope());
        return weight;
    }

    /// <summary>An LSTM; declared at first use.</summary>
    public LSTM Lstm(string name, long inputSize, long hiddenSize)
    {
        if (lstms.TryGetValue(name, out var lstm)) return lstm;
        lstms[name] = lstm = nn.LSTM(inputSize, hiddenSize);
        foreach (var (part, parameter) in lstm.named_parameters())
        {
            parameter.DetachFromDisposeScope();
            declared.Add(($"{name}.{part}", parameter));
        }

        return lstm;
    }

    /// <summary>Lays the declared weights into one vector.</summary>
    public void Pack()
    {
        using var _ = no_grad();
        flat = cat([.. declared.Select(weight => weight.Tensor.reshape(-1))], 0).DetachFromDisposeScope();
        long offset = 0;
        for (var i = 0; i < declared.Count; i++)
        {
            var (name, old) = declared[i];
            var size = old.numel();
            if (byName.ContainsKey(name))
            {
                var view = flat.narrow(0, offset, size).reshape(old.shape).detach().requires_grad_().DetachFromDisposeScope();
                byName[name] = view;
                declared[i] = (name, view);
                old.Dispose();
            }

            offset += size;
        }
    }

    /// <summary>Copies the vector into the LSTMs, which keep their own storage. Call after every change of <see cref="Flat"/>.</summary>
    public void Refresh()
    {
        using var _ = no_grad();
        long offset = 0;
        foreach (var (name, weight) in declared)
        {
            if (!byName.ContainsKey(name)) weight.copy_(Flat.narrow(0, offset, weight.numel()).reshape(weight.shape));
            offset += weight.numel();
        }
    }

    /// <summary>The gradients as one vector, in the order of <see cref="Flat"/>.</summary>
    public Tensor Gradient() => cat([.. declared.Select(weight => (weight.Tensor.grad ?? zeros_like(weight.Tensor)).reshape(-1))], 0);

    /// <summary>Forgets the gradients.</summary>
    public void ForgetGradient()
    {
        foreach (var (_, weight) in declared) weight.grad?.zero_();
    }

    /// <summary>1 where weight decay applies (matrices), 0 where it does not (gains and biases).</summary>
    public Tensor DecayMask() => cat([.. declared.Select(weight => weight.Tensor.dim() > 1 ? ones(weight.Tensor.numel()) : zeros(weight.Tensor.numel()))], 0);

    /// <summary>The weights by name, as a vector has them.</summary>
    /// <param name="vector">Of the size of <see cref="Flat"/>.</param>
    public IReadOnlyDictionary<string, NamedWeight> Export(ReadOnlySpan<float> vector)
    {
        var named = new Dictionary<string, NamedWeight>(StringComparer.Ordinal);
        var offset = 0;
        foreach (var (name, weight) in declared)
        {
            var size = (int)weight.numel();
            named[name] = new(name, vector.Slice(offset, size).ToArray(), weight.shape);
            offset += size;
        }

        return named;
    }

    private void Declare(string name, Tensor weight)
    {
        weight.requires_grad = true;
        byName[name] = weight;
        declared.Add((name, weight));
    }

    private static Tensor Uniform(long[] shape, double bound) => nn.init.uniform_(empty(shape), -bound, bound);
}
