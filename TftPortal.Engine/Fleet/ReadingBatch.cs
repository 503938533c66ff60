namespace TftPortal.Engine.Fleet;

/// <summary>Validated readings in columns: what one request, one agent or one simulation step delivers. Not safe for two threads at once.</summary>
/// <param name="capacity">How many readings to make room for; it grows past that.</param>
public sealed class ReadingBatch(int capacity = 32)
{
    private string[] servers = new string[Math.Max(1, capacity)];
    private long[] times = new long[Math.Max(1, capacity)];
    private ServerProfile[] profiles = new ServerProfile[Math.Max(1, capacity)];
    private ServerStatus[] statuses = new ServerStatus[Math.Max(1, capacity)];
    private float[] values = new float[Math.Max(1, capacity) * MetricCatalog.Count];

    /// <summary>How many readings the batch holds.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the readings come from a simulation, so that the server is marked as simulated wherever it shows.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>The name of the server that reading <paramref name="index"/> is of.</summary>
    public string Server(int index) => servers[index];

    /// <summary>When the reading was taken, milliseconds since 1970 UTC.</summary>
    public long UnixMilliseconds(int index) => times[index];

    /// <summary>What the server is for.</summary>
    public ServerProfile Profile(int index) => profiles[index];

    /// <summary>What the server reported of itself.</summary>
    public ServerStatus Status(int index) => statuses[index];

    /// <summary>The 14 values, indexed by <see cref="Metric"/>; NaN where the reading lacks one.</summary>
    public ReadOnlySpan<float> Values(int index) => values.AsSpan(index * MetricCatalog.Count, MetricCatalog.Count);

    /// <summary>Adds a reading.</summary>
    /// <param name="server">Name of the server.</param>
    /// <param name="unixMilliseconds">When it was taken, milliseconds since 1970 UTC.</param>
    /// <param name="profile">What the server is for.</param>
    /// <param name="status">What the server reported of itself.</param>
    /// <param name="metrics">14 values indexed by <see cref="Metric"/>, NaN where missing; copied.</param>
    public void Add(string server, long unixMilliseconds, ServerProfile profile, ServerStatus status, ReadOnlySpan<float> metrics)
    {
        if (metrics.Length != MetricCatalog.Count) throw new ArgumentException($"A reading has {MetricCatalog.Count} values; these are {metrics.Length}.", nameof(metrics));
        if (Count == servers.Length) Grow();
        servers[Count] = server;
        times[Count] = unixMilliseconds;
        profiles[Count] = profile;
        statuses[Count] = status;
        metrics.CopyTo(values.AsSpan(Count * MetricCatalog.Count));
        Count++;
    }

    private void Grow()
    {
        var size = servers.Length * 2;
        Array.Resize(ref servers, size);
        Array.Resize(ref times, size);
        Array.Resize(ref profiles, size);
        Array.Resize(ref statuses, size);
        Array.Resize(ref values, size * MetricCatalog.Count);
    }
}
