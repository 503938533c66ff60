namespace TftPortal.Api.Shapes;

/// <summary>The process answers.</summary>
/// <param name="Status">"healthy".</param>
/// <param name="Service">"tft_inference_daemon", the name by which old clients know it.</param>
/// <param name="Running">True.</param>
internal sealed record HealthAnswer(string Status, string Service, bool Running);

/// <summary>How much is known, and how warm the model is.</summary>
internal sealed record StatusAnswer
{
    /// <summary>True.</summary>
    public bool Running { get; init; }
    /// <summary>Batches taken since the first start.</summary>
    public long TickCount { get; init; }
    /// <summary>Readings in the window.</summary>
    public int WindowSize { get; init; }
    /// <summary>How many servers the model can forecast.</summary>
    public required WarmupShape Warmup { get; init; }
    /// <summary>Servers in the window.</summary>
    public int ServersTracked { get; init; }
    /// <summary>Servers with enough steps for the model.</summary>
    public int ServersReady { get; init; }
    /// <summary>Version of the model in use.</summary>
    public required string ModelVersion { get; init; }
    /// <summary>Seconds since the latest picture; null before the first.</summary>
    public double? ForecastAgeSeconds { get; init; }
    /// <summary>Seconds that it took to make; null before the first.</summary>
    public double? ForecastSeconds { get; init; }
}

/// <summary>How many servers the model can forecast.</summary>
internal sealed record WarmupShape
{
    /// <summary>Whether it can forecast all of them.</summary>
    public bool IsWarmedUp { get; init; }
    /// <summary>Ready servers of 100.</summary>
    public int ProgressPercent { get; init; }
    /// <summary>Observed steps that a server needs.</summary>
    public int Threshold { get; init; }
    /// <summary>Observed steps of the server that has the most.</summary>
    public int CurrentSize { get; init; }
    /// <summary>Threshold by its other name.</summary>
    public int RequiredSize { get; init; }
    /// <summary>In a sentence.</summary>
    public required string Message { get; init; }
}
