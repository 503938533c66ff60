using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace TftPortal.Engine.Forecasting;

/// <summary>
/// ONNX Runtime's own telemetry: from 1.29 on its Linux builds send their maker what model is loaded on what machine, unless told not to. What this portal does is nobody's business but its owner's.
/// </summary>
internal static partial class RuntimeTelemetry
{
    /// <summary>The variable that it asks before it sends anything.</summary>
    public const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>Switches it off for this process; before the first session.</summary>
    public static void SwitchOff()
    {
        // .NET's own variables are a copy that native code does not see.
        if (!OperatingSystem.IsWindows()) _ = SetVariable(Variable, "1", overwrite: 1);
        OrtEnv.Instance().DisableTelemetryEvents();
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
