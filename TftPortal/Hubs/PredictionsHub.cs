using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;

namespace TftPortal.Hubs;

/// <summary>
/// <c>/hubs/predictions</c>: pictures as they are made, for other dashboards. Each method is a stream; its first frame is there at once.
/// A client that reads slowly loses the frames in between, never the newest: what waits for a stream is one picture and one frame.
/// </summary>
internal sealed class PredictionsHub(OutlookFeed feed, HubVisitors visitors) : Hub
{
    /// <summary>Streams that a connection may follow at once: 100.</summary>
    public const int MaxStreams = 100;

    private const string Visit = "tft:visit";

    /// <summary>The fleet in a few figures, with every picture.</summary>
    public IAsyncEnumerable<FleetFrame> Fleet(CancellationToken stop) => FollowAsync<FleetFrame>((picture, _) => [FleetFrame.Of(picture)], stop);

    /// <summary>One server with its forecasts, whenever they change. Ends when the server is forgotten.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="HubException">There is no such server.</exception>
    public IAsyncEnumerable<ServerFrame> Server(string name, CancellationToken stop)
    {
        return FollowAsync<ServerFrame>((picture, before) =>
        {
            if (!picture.ByName.TryGetValue(name, out var server)) return before is null ? throw new HubException($"There is no server \"{(name.Length > 80 ? name[..80] + "…" : name)}\".") : null;
            return before?.ByName.GetValueOrDefault(name) is { } last && ServerFrame.AreSame(last, server) ? [] : [ServerFrame.Of(server, picture.Grid)];
        }, stop);
    }

    /// <summary>The alerts that are active, the most severe first, whenever anything about them changes.</summary>
    public IAsyncEnumerable<IReadOnlyList<AlertFrame>> Alerts(CancellationToken stop) => FollowAsync<IReadOnlyList<AlertFrame>>(
        (picture, before) => before is not null && before.Alerts.SequenceEqual(picture.Alerts) ? [] : [AlertFrame.Of(picture)], stop);

    /// <inheritdoc/>
    public override Task OnConnectedAsync()
    {
        Context.Items[Visit] = new HubVisit();
        return base.OnConnectedAsync();
    }

    // The frames of a picture: none where it brings nothing new, null where there will be none any more.
    private async IAsyncEnumerable<T> FollowAsync<T>(Func<FleetOutlook, FleetOutlook?, IReadOnlyList<T>?> frames, [EnumeratorCancellation] CancellationToken stop)
    {
        var visit = (HubVisit)Context.Items[Visit]!;
        if (!visit.TryBegin(MaxStreams)) throw new HubException($"A connection follows {MaxStreams} streams at most. End some, or read GET /predictions/current, which has every server.");
        try
        {
            FleetOutlook? before = null;
            await foreach (var picture in feed.WatchAsync(stop))
            {
                if (await visitors.RefusalAsync(Context, visit, stop) is { } refusal) throw new HubException(refusal);
                if (frames(picture, before) is not { } made) yield break;
                before = picture;
                foreach (var frame in made) yield return frame;
            }
        }
        finally
        {
            visit.End();
        }
    }
}
