using System.ComponentModel.DataAnnotations;

namespace TftPortal.Access.Limits;

/// <summary>The settings <c>Connections:*</c>: what a client may cost before anything of its request is understood.</summary>
internal sealed class ConnectionOptions
{
    /// <summary>Connections at once; a further one is closed.</summary>
    /// <value>From 10 to 1,000,000; 5,000 by default.</value>
    [Range(10, 1_000_000)]
    public int Max { get; set; } = 5_000;

    /// <summary>Connections at once that became WebSockets; a page that needs a further one is answered 503.</summary>
    /// <value>From 1 to 1,000,000; 2,000 by default.</value>
    [Range(1, 1_000_000)]
    public int MaxWebSockets { get; set; } = 2_000;

    /// <summary>All headers of a request together, bytes; more is answered 431.</summary>
    /// <value>From 4,096 to 1,048,576; 32,768 by default.</value>
    [Range(4_096, 1_048_576)]
    public int MaxHeaderBytes { get; set; } = 32_768;

    /// <summary>Headers of a request; more are answered 431.</summary>
    /// <value>From 20 to 1,000; 100 by default.</value>
    [Range(20, 1_000)]
    public int MaxHeaders { get; set; } = 100;

    /// <summary>The line of a request, with its path and query, bytes; more is answered 414.</summary>
    /// <value>From 1,024 to 32,768; 8,192 by default.</value>
    [Range(1_024, 32_768)]
    public int MaxLineBytes { get; set; } = 8_192;

    /// <summary>How long a client may take to send its headers, seconds; then 408.</summary>
    /// <value>From 1 to 300; 15 by default.</value>
    [Range(1, 300)]
    public int HeaderSeconds { get; set; } = 15;

    /// <summary>How long a connection may be idle between two requests, seconds.</summary>
    /// <value>From 1 to 3,600; 130 by default, Kestrel's own.</value>
    [Range(1, 3_600)]
    public int KeepAliveSeconds { get; set; } = 130;

    /// <summary>How fast a body must come in, and an answer be taken, on average, bytes a second; slower ones end with 408 or a closed connection.</summary>
    /// <value>From 1 to 1,000,000; 240 by default, Kestrel's own.</value>
    [Range(1, 1_000_000)]
    public int MinBytesPerSecond { get; set; } = 240;

    /// <summary>How long a body may take to reach that rate, seconds.</summary>
    /// <value>From 2 to 300; 5 by default.</value>
    [Range(2, 300)]
    public int GraceSeconds { get; set; } = 5;

    /// <summary>Pages open at once, by live connection; a further one is answered 503.</summary>
    /// <value>From 1 to 100,000; 1,000 by default.</value>
    [Range(1, 100_000)]
    public int MaxPages { get; set; } = 1_000;

    /// <summary>Of these one user's; a further one is answered 429.</summary>
    /// <value>From 1 to 100,000; 50 by default.</value>
    [Range(1, 100_000)]
    public int MaxPagesPerUser { get; set; } = 50;

    /// <summary>Of these from one address, of visitors who have not signed in; a further one is answered 429.</summary>
    /// <value>From 1 to 100,000; 100 by default.</value>
    [Range(1, 100_000)]
    public int MaxPagesPerAddress { get; set; } = 100;
}
