using System.Text.Json;
using System.Text.Json.Serialization;

namespace TftPortal.Api.Shapes;

// The shapes of requests and answers, for the OpenAPI document alone: the answers themselves are written by hand, straight to UTF-8.

/// <summary>A batch of readings.</summary>
/// <param name="Records">The readings, at most as many as fit the body limit.</param>
internal sealed record FeedRequest(IReadOnlyList<ReadingRecord> Records);

/// <summary>One reading of one server. At least one metric must be present; absent or null means missing, never 0. Other fields are ignored.</summary>
internal sealed record ReadingRecord
{
    /// <summary>When it was taken: ISO 8601; without an offset, local time of the portal's machine. At most 10 minutes ahead and 7 days back.</summary>
    public required DateTimeOffset Timestamp { get; init; }
    /// <summary>Name of the server: ^[A-Za-z0-9][A-Za-z0-9._:-]{0,252}$.</summary>
    public required string ServerName { get; init; }
    /// <summary>ml_compute, database, web_api, conductor_mgmt, data_ingest, risk_analytics or generic; absent: told from the server's name.</summary>
    public string? Profile { get; init; }
    /// <summary>critical_issue, healthy, heavy_load, idle, maintenance, morning_spike, offline or recovery; absent: healthy.</summary>
    public string? Status { get; init; }
    /// <summary>Another name for status.</summary>
    public string? State { get; init; }
    /// <summary>CPU in user mode, %, 0–100.</summary>
    public double? CpuUserPct { get; init; }
    /// <summary>CPU in the kernel, %, 0–100.</summary>
    public double? CpuSysPct { get; init; }
    /// <summary>CPU waiting for I/O, %, 0–100.</summary>
    public double? CpuIowaitPct { get; init; }
    /// <summary>CPU idle, %, 0–100.</summary>
    public double? CpuIdlePct { get; init; }
    /// <summary>CPU of Java processes, % of one core, 0 or more.</summary>
    public double? JavaCpuPct { get; init; }
    /// <summary>Memory in use, %, 0–100.</summary>
    public double? MemUsedPct { get; init; }
    /// <summary>Swap in use, %, 0–100.</summary>
    public double? SwapUsedPct { get; init; }
    /// <summary>Disk space in use, %, 0–100.</summary>
    public double? DiskUsagePct { get; init; }
    /// <summary>Network received, MB/s, 0 or more.</summary>
    public double? NetInMbS { get; init; }
    /// <summary>Network sent, MB/s, 0 or more.</summary>
    public double? NetOutMbS { get; init; }
    /// <summary>Connections in CLOSE_WAIT towards back ends, a whole number.</summary>
    public long? BackCloseWait { get; init; }
    /// <summary>Connections in CLOSE_WAIT from clients, a whole number.</summary>
    public long? FrontCloseWait { get; init; }
    /// <summary>Runnable processes, one-minute average, 0 or more.</summary>
    public double? LoadAverage { get; init; }
    /// <summary>Days since boot, 0 or more.</summary>
    public double? UptimeDays { get; init; }
}

/// <summary>A batch was taken, or was empty: then status is "ignored", reason "empty batch", and nothing else is there.</summary>
internal sealed record FeedAccepted
{
    /// <summary>"accepted" or "ignored".</summary>
    public required string Status { get; init; }
    /// <summary>Batches taken since the first start.</summary>
    public long Tick { get; init; }
    /// <summary>Readings in the window.</summary>
    public int WindowSize { get; init; }
    /// <summary>Servers in the window.</summary>
    public int ServersTracked { get; init; }
    /// <summary>Servers with enough steps for the model.</summary>
    public int ServersReady { get; init; }
    /// <summary>Whether all of them are.</summary>
    public bool WarmupComplete { get; init; }
    /// <summary>Records of this batch that were taken.</summary>
    public int RecordsAccepted { get; init; }
    /// <summary>Records of this batch that were refused.</summary>
    public int RecordsRejected { get; init; }
    /// <summary>What was wrong with those, at most 100 faults.</summary>
    public required IReadOnlyList<FeedFault> Errors { get; init; }
}

/// <summary>One thing wrong with one record.</summary>
/// <param name="Index">Index of the record in the request.</param>
/// <param name="ServerName">Its server; null where it names none.</param>
/// <param name="Field">The field; empty where the record as a whole is at fault.</param>
/// <param name="Value">What was sent, cut where it is long.</param>
/// <param name="Reason">Why it is refused, and what is allowed.</param>
internal sealed record FeedFault(int Index, string? ServerName, string Field, JsonElement? Value, string Reason);

/// <summary>The body can't be read, or every record was refused: then errors lists why, as for a batch that was taken in part.</summary>
internal sealed record FeedRefused
{
    /// <summary>What is wrong and where.</summary>
    public required IReadOnlyList<ValidationFault> Detail { get; init; }
    /// <summary>0, where records were read.</summary>
    public int? RecordsAccepted { get; init; }
    /// <summary>How many records were refused.</summary>
    public int? RecordsRejected { get; init; }
    /// <summary>What was wrong with them, at most 100 faults.</summary>
    public IReadOnlyList<FeedFault>? Errors { get; init; }
}

/// <summary>A request that does not say what it should.</summary>
/// <param name="Detail">What is wrong and where.</param>
internal sealed record ValidationError(IReadOnlyList<ValidationFault> Detail);

/// <summary>One fault of a request.</summary>
/// <param name="Loc">Where: "body" or "query", then names and indexes.</param>
/// <param name="Msg">What is wrong.</param>
/// <param name="Type">The kind of fault, for example "type_error.list".</param>
internal sealed record ValidationFault(IReadOnlyList<JsonElement> Loc, string Msg, string Type);

/// <summary>A refusal.</summary>
/// <param name="Detail">Why.</param>
internal sealed record ApiError(string Detail);

/// <summary>Too many requests; Retry-After says how many seconds to wait.</summary>
/// <param name="Error">For example "Rate limit exceeded: 60 per 1 minute".</param>
internal sealed record RateLimited([property: JsonPropertyName("error")] string Error);
