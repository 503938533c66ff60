using System.Runtime.InteropServices;
using Google.Protobuf;
using TftPortal.Training.Network;

namespace TftPortal.Training.Onnx;

/// <summary>Writes the network down as an ONNX graph, opset 17; a tensor is its name.</summary>
/// <param name="weights">The trained weights by name.</param>
internal sealed class OnnxOps(IReadOnlyDictionary<string, NamedWeight> weights) : ITensorOps<string>
{
    private readonly HashSet<string> initializers = new(StringComparer.Ordinal);
    private int nodes;

    /// <summary>What has been written so far.</summary>
    public GraphProto Graph { get; } = new() { Name = "tft" };

    public string Weight(string name, Start start, params long[] shape) => Float(name, weights[name].Values, shape);

    public string MetricWeight(string name, Start start, int metricAxis, params long[] shape) => Weight(name, start, shape);

    public string Constant(string name, float[] values, params long[] shape) => Float(name, values, shape);

    public string MatMul(string left, string right) => Node("MatMul", [left, right]);

    public string Add(string left, string right) => Node("Add", [left, right]);

    public string Multiply(string left, string right) => Node("Mul", [left, right]);

    public string Sigmoid(string x) => Node("Sigmoid", [x]);

    public string Softmax(string x) => Node("Softmax", [x], Int("axis", -1));

    public string LayerNorm(string x, string gain, string bias, long size) =>
        Node("LayerNormalization", [x, gain, bias], Int("axis", -1), new() { Name = "epsilon", Type = AttributeProto.Types.AttributeType.Float, F = 1e-5f });

    public string Reshape(string x, params long[] shape) => Node("Reshape", [x, Longs(shape)]);

    public string Transpose(string x, params int[] order) => Node("Transpose", [x], Ints("perm", order));

    public string Concat(int axis, params string[] parts) => Node("Concat", parts, Int("axis", axis));

    public string Slice(string x, int axis, long from, long to) => Node("Slice", [x, Longs(from), Longs(to), Longs(axis)]);

    public string Sum(string x, int axis) => Node("ReduceSum", [x, Longs(axis)], Int("keepdims", 0));

    public string Mean(string x, int axis) => Node("ReduceMean", [x], Ints("axes", axis), Int("keepdims", 0));

    public (string Outputs, string Hidden, string Cell) Lstm(string name, string x, string hidden, string cell, long inputSize, long hiddenSize)
    {
        var input = Float(name + ".W", Gates(name + ".weight_ih_l0"), 1, 4 * hiddenSize, inputSize);
        var recurrent = Float(name + ".R", Gates(name + ".weight_hh_l0"), 1, 4 * hiddenSize, hiddenSize);
        var bias = Float(name + ".B", [.. Gates(name + ".bias_ih_l0"), .. Gates(name + ".bias_hh_l0")], 1, 8 * hiddenSize);
        var outputs = Nodes("LSTM", [x, input, recurrent, bias, "", hidden, cell], 3, Int("hidden_size", hiddenSize));
        return (Node("Squeeze", [outputs[0], Longs(1)]), outputs[1], outputs[2]);
    }

    public string Dropout(string x) => x;

    /// <summary>Declares an input; a size of 0 is the batch.</summary>
    public string Input(string name, params long[] shape)
    {
        Graph.Input.Add(Describe(name, shape));
        return name;
    }

    /// <summary>Declares an output; a size of 0 is the batch.</summary>
    public void Output(string name, string tensor, params long[] shape)
    {
        var node = new NodeProto { OpType = "Identity", Name = "output_" + name };
        node.Input.Add(tensor);
        node.Output.Add(name);
        Graph.Node.Add(node);
        Graph.Output.Add(Describe(name, shape));
    }

    // Torch orders the gates input, forget, cell, output; ONNX input, output, forget, cell.
    private float[] Gates(string name)
    {
        var values = weights[name].Values;
        var gate = values.Length / 4;
        return [.. values[..gate], .. values[(3 * gate)..], .. values[gate..(3 * gate)]];
    }

    private string Node(string operation, string[] inputs, params AttributeProto[] attributes) => Nodes(operation, inputs, 1, attributes)[0];

    private string[] Nodes(string operation, string[] inputs, int outputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = operation, Name = $"{operation}_{nodes}" };
        node.Input.AddRange(inputs);
        for (var output = 0; output < outputs; output++) node.Output.Add($"t{nodes}_{output}");
        node.Attribute.AddRange(attributes);
        Graph.Node.Add(node);
        nodes++;
        return [.. node.Output];
    }

    private string Float(string name, float[] values, params long[] shape)
    {
        // Not to be confused with an input: both have names like "profile".
        var initializer = "weights/" + name;
        if (initializers.Add(initializer)) AddInitializer(initializer, TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(values.AsSpan()), shape);
        return initializer;
    }

    private string Longs(params long[] values)
    {
        var name = "i" + string.Join('_', values);
        if (initializers.Add(name)) AddInitializer(name, TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes(values.AsSpan()), values.Length);
        return name;
    }

    private void AddInitializer(string name, TensorProto.Types.DataType type, ReadOnlySpan<byte> bytes, params long[] shape)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(bytes) };
        tensor.Dims.AddRange(shape);
        Graph.Initializer.Add(tensor);
    }

    private static ValueInfoProto Describe(string name, long[] shape)
    {
        var sizes = new TensorShapeProto();
        foreach (var size in shape) sizes.Dim.Add(size == 0 ? new TensorShapeProto.Types.Dimension { DimParam = "B" } : new() { DimValue = size });
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)TensorProto.Types.DataType.Float, Shape = sizes } } };
    }

    private static AttributeProto Int(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    private static AttributeProto Ints(string name, params int[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values.Select(value => (long)value));
        return attribute;
    }
}
