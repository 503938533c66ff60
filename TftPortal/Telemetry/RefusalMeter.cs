using System.Diagnostics.Metrics;
using TftPortal.Access;

namespace TftPortal.Telemetry;

/// <summary>Counts who was turned away, under the meter <c>TftPortal.Access</c>: what an operator wants to be woken for. No label names a client, so that a scan can't fill the memory.</summary>
internal sealed class RefusalMeter
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "TftPortal.Access";

    private readonly CorsOrigins origins;
    private readonly Counter<long> forbidden;
    private readonly Counter<long> limited;
    private readonly Counter<long> foreign;

    /// <summary>Makes the counters; each begins at 0, since an alert on its rise needs a first value.</summary>
    public RefusalMeter(IMeterFactory factory, CorsOrigins origins)
    {
        this.origins = origins;
        var meter = factory.Create(Name);
        forbidden = meter.CreateCounter<long>("tft.http.403", "{request}", "Requests answered 403: no key, a wrong one, or one without the scope.");
        limited = meter.CreateCounter<long>("tft.http.429", "{request}", "Requests answered 429: over a rate limit, or after too many wrong keys.");
        foreign = meter.CreateCounter<long>("tft.cors.refused", "{request}", "Requests that a page of another origin made a browser send and that got no allow-origin, and preflights refused.");
    }

    /// <summary>Adds nothing to each counter, so that it is there from the first scrape on.</summary>
    public void Begin()
    {
        forbidden.Add(0);
        limited.Add(0);
        foreign.Add(0);
    }

    /// <summary>Looks at an answer.</summary>
    public void Answered(HttpContext http)
    {
        var status = http.Response.StatusCode;
        if (status == StatusCodes.Status403Forbidden) forbidden.Add(1);
        if (status == StatusCodes.Status429TooManyRequests) limited.Add(1);
        if (http.Request.Headers.Origin.ToString() is { Length: > 0 } origin && (IsForeign(http, origin) || IsRefusedPreflight(http))) foreign.Add(1);
    }

    // By host alone: behind a proxy that ends TLS the scheme differs.
    private bool IsForeign(HttpContext http, string origin) =>
        !origins.Allows(origin) && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, http.Request.Host.Value, StringComparison.OrdinalIgnoreCase));

    private static bool IsRefusedPreflight(HttpContext http) =>
        http.Response.StatusCode == StatusCodes.Status400BadRequest && HttpMethods.IsOptions(http.Request.Method) && http.Request.Headers.AccessControlRequestMethod.Count > 0;
}
