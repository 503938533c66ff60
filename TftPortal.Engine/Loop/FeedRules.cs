using TftPortal.Engine.Intake;
using TftPortal.Engine.State.Legacy;

namespace TftPortal.Engine.Loop;

/// <summary>The rules of the feed for records that come from a file: the parser of <c>POST /feed/data</c> itself, so that the two can't drift apart.</summary>
internal static class FeedRules
{
    /// <summary>A judge by the feed's rules.</summary>
    public static RecordJudge Of(ReadingParser parser) => body =>
    {
        var feed = parser.Parse(body);
        return new(feed.Batch, feed.Rejected, [.. feed.Faults.Select(fault => new RecordRefusal(fault.Index, fault.ServerName, fault.Field, fault.Reason))]);
    };
}
