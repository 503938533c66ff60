using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.History;

/// <summary>A server's past, in points of equal times.</summary>
/// <param name="Server">Name of the server.</param>
/// <param name="Range">What was asked for.</param>
/// <param name="Bucket">The time that a point stands for.</param>
/// <param name="Times">When each point's time begins; times without a reading have no point.</param>
/// <param name="Metrics">Of each metric that was asked for its values, one a point.</param>
public sealed record ServerPast(string Server, HistoryRange Range, TimeSpan Bucket, ImmutableArray<DateTimeOffset> Times, ImmutableArray<MetricPast> Metrics);

/// <summary>A metric's past.</summary>
/// <param name="Metric">Which metric.</param>
/// <param name="Mean">The mean of each point's steps; NaN where there is none.</param>
/// <param name="Low">The least.</param>
/// <param name="High">The largest.</param>
public sealed record MetricPast(Metric Metric, ImmutableArray<float> Mean, ImmutableArray<float> Low, ImmutableArray<float> High);

/// <summary>The fleet's past, in points of equal times.</summary>
/// <param name="Range">What was asked for.</param>
/// <param name="Bucket">The time that a point stands for.</param>
/// <param name="Points">The points; times without a picture have none.</param>
/// <param name="Metrics">Of each metric the mean over servers and steps, and the least and largest step of any server, by the start of their times.</param>
public sealed record FleetPast(HistoryRange Range, TimeSpan Bucket, ImmutableArray<FleetPoint> Points, ServerPast Metrics);

/// <summary>The fleet in one stretch of time.</summary>
/// <param name="Time">When it began.</param>
/// <param name="Servers">The most servers there were.</param>
/// <param name="Critical">The most at critical.</param>
/// <param name="Warning">The most at warning.</param>
/// <param name="Degrading">The most degrading.</param>
/// <param name="MeanRisk">The mean risk, 0–100.</param>
/// <param name="MaxRisk">The largest.</param>
/// <param name="ProbabilityIn30Minutes">The largest probability of an incident within 30 minutes that was stated.</param>
/// <param name="ProbabilityIn8Hours">The same within 8 hours.</param>
/// <param name="Alerts">The most alerts that stood.</param>
public sealed record FleetPoint(DateTimeOffset Time, int Servers, int Critical, int Warning, int Degrading, double MeanRisk, double MaxRisk, double ProbabilityIn30Minutes, double ProbabilityIn8Hours, int Alerts);
