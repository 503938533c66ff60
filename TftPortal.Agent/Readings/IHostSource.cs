namespace TftPortal.Agent.Readings;

/// <summary>One place of the host that metrics are read from.</summary>
internal interface IHostSource
{
    /// <summary>What is read, for a log line, for example <c>/proc/stat</c>.</summary>
    string Name { get; }

    /// <summary>Notes what the source gives now. A rate needs the call before as its other end: the first call only notes where the counters stand.</summary>
    /// <exception cref="IOException">The source cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The source may not be read.</exception>
    /// <exception cref="FormatException">The source does not read as it should.</exception>
    void Read(HostReading reading);
}
