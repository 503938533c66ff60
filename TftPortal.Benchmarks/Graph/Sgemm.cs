using Microsoft.ML.OnnxRuntime;
using TftPortal.Engine.Forecasting;

namespace TftPortal.Benchmarks.Graph;

/// <summary>How fast ONNX Runtime multiplies matrices on one thread of this machine.</summary>
internal static class Sgemm
{
    /// <summary>The fastest of several tries, floating-point operations a second of CPU time.</summary>
    /// <param name="m">Rows.</param>
    /// <param name="k">Columns of the first, rows of the second.</param>
    /// <param name="n">Columns of the second.</param>
    public static double Rate(int m, int k, int n)
    {
        const int Tries = 15;
        using var options = OnnxForecaster.Options();
        using var session = new InferenceSession(MatMulModel.Of(m, k, n), options);
        using var run = new RunOptions();
        using var binding = session.CreateIoBinding();
        using var a = OrtValue.CreateTensorValueFromMemory(Some(m * k), [m, k]);
        using var b = OrtValue.CreateTensorValueFromMemory(Some(k * n), [k, n]);
        using var c = OrtValue.CreateTensorValueFromMemory(new float[m * n], [m, n]);
        binding.BindInput("a", a);
        binding.BindInput("b", b);
        binding.BindOutput("c", c);
        var work = 2.0 * m * k * n;
        var repeats = (int)Math.Max(1, 4e9 / work);
        var best = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var took = CpuTime.Of(() =>
            {
                for (var repeat = 0; repeat < repeats; repeat++) session.RunWithBinding(run, binding);
            });
            if (took < best) best = took;
        }

        return work * repeats / best.TotalSeconds;
    }

    private static float[] Some(int count) => [.. Enumerable.Range(0, count).Select(index => (index % 17 / 17f) - .5f)];
}
