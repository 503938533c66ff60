using System.Text.Json;

namespace TftPortal.Benchmarks.Graph;

/// <summary>What a graph's operators of one kind did in a run.</summary>
/// <param name="Operator">The kind.</param>
/// <param name="Nodes">How many of them there are.</param>
/// <param name="Time">What they took.</param>
/// <param name="Multiplied">Floating-point operations of their matrix products; 0 where they have none.</param>
internal sealed record OperatorCost(string Operator, int Nodes, TimeSpan Time, double Multiplied);

/// <summary>Reads a profile of ONNX Runtime.</summary>
internal static class GraphProfile
{
    /// <summary>The operators, the most costly first, of an average run.</summary>
    /// <param name="file">The profile.</param>
    /// <param name="runs">How many runs it is of.</param>
    public static IReadOnlyList<OperatorCost> Read(string file, int runs)
    {
        using var profile = JsonDocument.Parse(File.ReadAllBytes(file));
        var nodes = profile.RootElement.EnumerateArray()
            .Where(entry => entry.GetProperty("cat").ValueEquals("Node") && entry.GetProperty("name").GetString()!.EndsWith("_kernel_time", StringComparison.Ordinal))
            .Select(entry => (Args: entry.GetProperty("args"), Microseconds: entry.GetProperty("dur").GetDouble()))
            .Select(node => (Operator: node.Args.GetProperty("op_name").GetString()!, node.Microseconds, Work: Multiplied(node.Args)));
        return
        [
            .. nodes.GroupBy(node => node.Operator)
                .Select(kind => new OperatorCost(kind.Key, kind.Count() / runs, TimeSpan.FromMicroseconds(kind.Sum(node => node.Microseconds) / runs), kind.Sum(node => node.Work) / runs))
                .OrderByDescending(kind => kind.Time),
        ];
    }

    private static double Multiplied(JsonElement args)
    {
        var inputs = Shapes(args.GetProperty("input_type_shape"));
        var output = Shapes(args.GetProperty("output_type_shape"))[0];
        return args.GetProperty("op_name").GetString() switch
        {
            "MatMul" or "FusedMatMul" => 2 * Product(output) * inputs[0][^1],
            "Gemm" or "FusedGemm" => 2 * Product(output) * Product(inputs[0]) / output[0],
            // [steps, batch, in] by [directions, 4·hidden, in] and [directions, 4·hidden, hidden]
            "LSTM" => 2 * inputs[0][0] * inputs[0][1] * (Product(inputs[1]) + Product(inputs[2])),
            _ => 0,
        };
    }

    private static double[][] Shapes(JsonElement shapes) =>
        [.. shapes.EnumerateArray().Select(shape => shape.EnumerateObject().First().Value.EnumerateArray().Select(side => side.GetDouble()).ToArray())];

    private static double Product(double[] shape) => shape.Aggregate(1.0, (product, side) => product * side);
}
